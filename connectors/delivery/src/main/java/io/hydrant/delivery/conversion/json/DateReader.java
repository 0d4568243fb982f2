package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

/** Reads days, {@code yyyy-M-d}. */
final class DateReader extends SimpleReader {

    DateReader() {
        super(HiveType.Simple.DATE, true);
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        long day = TimestampText.parseDay(text);
        if (day == Long.MIN_VALUE) {
            return false;
        }
        RowBytes.number(day, out);
        return true;
    }
}
