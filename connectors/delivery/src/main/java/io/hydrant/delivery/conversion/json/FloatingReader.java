package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;
import java.util.Set;

/** Reads floating point numbers; in texts also {@code NaN} and the infinities. */
final class FloatingReader extends SimpleReader {

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final int LONGEST = 400;
    private static final long MOST_EXACT = 1L << 53;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

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

    /**
     * A whole number and a power of ten that are both exact make a quotient that is the nearest one
     * to the decimal fraction.
     */
    @Override
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        long unscaled = json.unscaled();
        if (Math.abs(unscaled) > MOST_EXACT || json.isNegativeZero()) {
            return false;
        }
        return write(unscaled / POWERS_OF_TEN[json.scale()], out);
    }

    private boolean write(double value, GrowingBytes out) {
        if (Math.abs(value) > most) {
            return false;
        }
        RowBytes.floating(value, out);
        return true;
    }
}
