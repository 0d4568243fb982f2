package io.hydrant.delivery.conversion.json;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads whole numbers and decimals. */
final class NumberReader extends SimpleReader {

    /** Longer texts are no number of any type. */
    private static final int LONGEST = 400;

    /** Digits in all and behind the point; whole numbers have none behind it. */
    private final int precision;

    private final int scale;
    private final boolean isWhole;
    private final long least;
    private final long most;

    private NumberReader(
            HiveType type, boolean takesTexts, int precision, int scale, long least, long most) {
        super(type, takesTexts);
        this.precision = precision;
        this.scale = scale;
        this.isWhole = !(type instanceof HiveType.Decimal);
        this.least = least;
        this.most = most;
    }

    static NumberReader ofWhole(HiveType type, boolean takesTexts, long least, long most) {
        return new NumberReader(type, takesTexts, 19, 0, least, most);
    }

    static NumberReader ofDecimal(HiveType.Decimal type, boolean takesTexts) {
        return new NumberReader(type, takesTexts, type.precision(), type.scale(), 0, 0);
    }

    @Override
    boolean ofText(String text, GrowingBytes out) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        try {
            return write(new BigDecimal(text), out);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    boolean ofNumber(JsonParser json, GrowingBytes out) throws IOException {
        if (!isWhole || json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return write(json.getDecimalValue(), out);
        }
        try {
            return write(json.getLongValue(), out);
        } catch (InputCoercionException e) {
            return false;
        }
    }

    @Override
    boolean ofScannedNumber(JsonScan json, GrowingBytes out) {
        return isWhole
                ? json.scale() == 0 && write(json.unscaled(), out)
                : write(BigDecimal.valueOf(json.unscaled(), json.scale()), out);
    }

    private boolean write(long value, GrowingBytes out) {
        if (value < least || value > most) {
            return false;
        }
        RowBytes.number(value, out);
        return true;
    }

    private boolean write(BigDecimal value, GrowingBytes out) {
        // Asked first, since 1e999999999 is short and its digits are not.
        long digitsBefore = (long) value.precision() - value.scale();
        if (value.signum() != 0 && digitsBefore > precision - scale) {
            return false;
        }
        boolean isNothing = value.signum() == 0 || digitsBefore < -scale;
        BigDecimal scaled =
                isNothing
                        ? BigDecimal.valueOf(0, scale)
                        : value.setScale(scale, RoundingMode.HALF_UP);
        if (isWhole) {
            return scaled.compareTo(value) == 0
                    && scaled.unscaledValue().bitLength() < Long.SIZE
                    && write(scaled.longValue(), out);
        }
        if (scaled.precision() > precision) {
            return false;
        }
        if (RowBytes.isNumber(type)) {
            RowBytes.number(scaled.unscaledValue().longValueExact(), out);
        } else {
            RowBytes.decimal(scaled.unscaledValue(), out);
        }
        return true;
    }
}
