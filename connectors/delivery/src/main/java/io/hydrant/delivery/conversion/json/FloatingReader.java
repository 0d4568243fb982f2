package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;
import java.util.Set;

/** Reads floating point numbers; in texts also {@code NaN} and the infinities. */
final class FloatingReader extends SimpleReader {

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final int LONGEST = 400;

    private final double most;

    FloatingReader(HiveType.Simple type, boolean takesTexts) {
        super(type, takesTexts);
        this.most = type == HiveType.Simple.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        if (NOT_FINITE.contains(text)) {
            RowBytes.floating(Double.parseDouble(text), out);
            return true;
        }
        // Java's suffixes and white space are no part of a number here.
        boolean isPlain =
                !text.isEmpty()
                        && text.length() <= LONGEST
                        && text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0);
        try {
            return isPlain && write(Double.parseDouble(text), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    boolean ofNumber(JsonParser json, GrowingBytes out) throws IOException {
        return write(json.getDoubleValue(), out);
    }

    @Override
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        return !json.isNegativeZero() && write(json.floating(), out);
    }

    private boolean write(double value, GrowingBytes out) {
        if (Math.abs(value) > most) {
            return false;
        }
        RowBytes.floating(value, out);
        return true;
    }
}
