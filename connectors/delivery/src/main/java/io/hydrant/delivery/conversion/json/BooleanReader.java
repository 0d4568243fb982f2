package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

/** Reads truths. */
final class BooleanReader extends SimpleReader {

    BooleanReader(boolean takesTexts) {
        super(HiveType.Simple.BOOLEAN, takesTexts);
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        boolean isTrue = text.equalsIgnoreCase("true");
        return (isTrue || text.equalsIgnoreCase("false")) && ofBoolean(isTrue, out);
    }

    @Override
    boolean ofBoolean(boolean value, GrowingBytes out) {
        RowBytes.bool(value, out);
        return true;
    }
}
