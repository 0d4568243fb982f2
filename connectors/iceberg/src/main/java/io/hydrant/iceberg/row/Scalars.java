package io.hydrant.iceberg.row;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.UUID;

/**
 * The readers of values without parts. Numbers are never rounded but to the precision of float and
 * double; a text is a number only for decimals, whose digits JSON libraries like to lose.
 */
final class Scalars {

    private static final int NANOS_IN_MILLI = 1_000_000;

    private Scalars() {}

    /**
     * The reader of a type.
     *
     * @throws IllegalArgumentException if rows of that type cannot be written
     */
    static ValueReader of(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> Scalars::bool;
            case INTEGER -> Scalars::integer;
            case LONG -> Scalars::longInteger;
            case FLOAT -> value -> (float) floating(value);
            case DOUBLE -> Scalars::floating;
            case DECIMAL -> decimal((Types.DecimalType) type);
            case STRING -> value -> StringData.fromString(text(value, "a text"));
            case DATE -> Scalars::date;
            case TIME -> Scalars::time;
            case TIMESTAMP -> timestamp(((Types.TimestampType) type).shouldAdjustToUTC());
            case UUID -> Scalars::uuid;
            case BINARY -> Scalars::binary;
            case FIXED -> fixed(((Types.FixedType) type).length());
            default ->
                    throw new IllegalArgumentException(
                            "columns of the type " + type + " cannot be written");
        };
    }

    private static Boolean bool(JsonNode value) throws MisfitException {
        if (!value.isBoolean()) {
            throw mismatch(value, "true or false");
        }
        return value.booleanValue();
    }

    private static Integer integer(JsonNode value) throws MisfitException {
        if (!isWhole(value) || !value.canConvertToInt()) {
            throw mismatch(value, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    private static Long longInteger(JsonNode value) throws MisfitException {
        if (!isWhole(value) || !value.canConvertToLong()) {
            throw mismatch(value, "a whole number of 64 bits");
        }
        return value.longValue();
    }

    /** 1.0 is a whole number, as many writers of JSON make it of an integer. */
    private static boolean isWhole(JsonNode value) {
        return value.isNumber() && value.canConvertToExactIntegral();
    }

    private static double floating(JsonNode value) throws MisfitException {
        if (!value.isNumber()) {
            throw mismatch(value, "a number");
        }
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            throw MisfitException.mismatch("is a number too large for its column");
        }
        return number;
    }

    private static ValueReader decimal(Types.DecimalType type) {
        return value -> {
            BigDecimal number;
            try {
                number =
                        value.isTextual()
                                ? new BigDecimal(value.textValue().trim())
                                : value.isNumber() ? value.decimalValue() : null;
            } catch (NumberFormatException e) {
                number = null;
            }
            if (number == null) {
                throw mismatch(value, "a number");
            }
            // Before scaling, which would make a number of a billion digits.
            boolean fits =
                    (long) number.precision() - number.scale() + type.scale() <= type.precision()
                            && number.stripTrailingZeros().scale() <= type.scale();
            if (!fits && number.signum() != 0) {
                throw MisfitException.mismatch("has more digits than " + type + " holds");
            }
            BigDecimal scaled =
                    number.signum() == 0
                            ? BigDecimal.ZERO.setScale(type.scale())
                            : number.setScale(type.scale(), RoundingMode.UNNECESSARY);
            return DecimalData.fromBigDecimal(scaled, type.precision(), type.scale());
        };
    }

    private static Integer date(JsonNode value) throws MisfitException {
        String text = text(value, "a date such as 2026-01-27");
        try {
            return Math.toIntExact(LocalDate.parse(text).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw mismatch(value, "a date such as 2026-01-27");
        }
    }

    private static Integer time(JsonNode value) throws MisfitException {
        String text = text(value, "a time such as 13:05:59.123");
        try {
            return (int) (LocalTime.parse(text).toNanoOfDay() / NANOS_IN_MILLI);
        } catch (DateTimeException e) {
            throw mismatch(value, "a time such as 13:05:59.123");
        }
    }

    private static ValueReader timestamp(boolean hasZone) {
        return value -> {
            if (value.isNumber()) {
                return TimestampData.fromEpochMillis(longInteger(value));
            }
            String form =
                    hasZone
                            ? "a time such as 2026-01-27T13:05:59Z, or milliseconds since 1970"
                            : "a time such as 2026-01-27T13:05:59, or milliseconds since 1970";
            TimestampData read = TimestampText.read(text(value, form), hasZone);
            if (read == null) {
                throw mismatch(value, form);
            }
            return read;
        };
    }

    private static byte[] uuid(JsonNode value) throws MisfitException {
        try {
            UUID id = UUID.fromString(text(value, "a UUID"));
            return ByteBuffer.allocate(16)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        } catch (IllegalArgumentException e) {
            throw mismatch(value, "a UUID");
        }
    }

    private static byte[] binary(JsonNode value) throws MisfitException {
        try {
            return Base64.getDecoder().decode(text(value, "bytes in base64"));
        } catch (IllegalArgumentException e) {
            throw mismatch(value, "bytes in base64");
        }
    }

    private static ValueReader fixed(int length) {
        return value -> {
            byte[] bytes = binary(value);
            if (bytes.length != length) {
                throw MisfitException.mismatch(
                        "has " + bytes.length + " bytes; its column holds " + length);
            }
            return bytes;
        };
    }

    private static String text(JsonNode value, String wanted) throws MisfitException {
        if (!value.isTextual()) {
            throw mismatch(value, wanted);
        }
        return value.textValue();
    }

    static MisfitException mismatch(JsonNode value, String wanted) {
        String found =
                switch (value.getNodeType()) {
                    case STRING -> "a text that is not";
                    case NUMBER -> "a number, not";
                    case BOOLEAN -> "true or false, not";
                    case ARRAY -> "an array, not";
                    case OBJECT -> "an object, not";
                    default -> "not";
                };
        return MisfitException.mismatch("is " + found + " " + wanted);
    }
}
