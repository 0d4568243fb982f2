package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Converts the values of records to the type of one column.
 *
 * <p>Source of every rule: developer guide, "Mapping JSON Data Types to SQL Data Types".
 */
final class Coercion implements Serializable {

    /** A value that the type does not take; says nothing but why. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    private static final long serialVersionUID = 1L;

    /** No more digits than any type here can have; guards against {@code 1e999999999}. */
    private static final int MAX_EXPONENT = 400;

    private final ColumnType type;

    Coercion(ColumnType type) {
        this.type = type;
    }

    /** Whether every text has a value. */
    boolean takesText() {
        return switch (type.kind()) {
            case CHAR, VARCHAR, BOOLEAN -> true;
            default -> false;
        };
    }

    /** The value of a JSON node that is neither null nor missing. */
    Object ofJson(JsonNode node) throws Refused {
        if (node.isTextual()) {
            return ofText(node.textValue());
        }
        if (node.isBoolean()) {
            return ofBoolean(node.booleanValue());
        }
        if (node.isNumber()) {
            return node.canConvertToLong() && node.isIntegralNumber()
                    ? ofWhole(node.longValue())
                    : ofNumber(node.decimalValue());
        }
        return switch (type.kind()) {
            case CHAR, VARCHAR -> fitted(node.toString());
            default -> throw refused(node.isArray() ? "an array" : "an object");
        };
    }

    /** The value of a text, as JSON has it or a field of CSV. */
    Object ofText(String text) throws Refused {
        return switch (type.kind()) {
            case CHAR, VARCHAR -> fitted(text);
            case BOOLEAN -> text.trim().toLowerCase(Locale.ROOT).equals("true");
            case BINARY, VARBINARY -> bytes(text);
            case DATE -> orRefused(DateTimeText.date(text), text);
            case TIME -> orRefused(DateTimeText.time(text), text);
            case TIMESTAMP -> orRefused(DateTimeText.timestamp(text), text);
            default -> ofNumberText(text);
        };
    }

    private Object ofNumberText(String text) throws Refused {
        try {
            return ofNumber(new BigDecimal(text.trim()));
        } catch (NumberFormatException e) {
            throw refused(quoted(text));
        }
    }

    Object ofBoolean(boolean value) throws Refused {
        return switch (type.kind()) {
            case BOOLEAN -> value;
            case CHAR, VARCHAR -> fitted(Boolean.toString(value));
            case BINARY, VARBINARY -> {
                byte[] bits = new byte[type.kind() == ColumnType.Kind.BINARY ? type.length() : 1];
                bits[bits.length - 1] = (byte) (value ? 1 : 0);
                yield bits;
            }
            case DATE, TIME, TIMESTAMP -> throw refused(Boolean.toString(value));
            default -> ofNumber(value ? BigDecimal.ONE : BigDecimal.ZERO);
        };
    }

    /** The same as {@link #ofNumber}, without an object in between for most values of records. */
    Object ofWhole(long number) throws Refused {
        if (type.kind() == ColumnType.Kind.BIGINT) {
            return number;
        }
        if (type.kind() == ColumnType.Kind.INTEGER && number == (int) number) {
            return (int) number;
        }
        return ofNumber(BigDecimal.valueOf(number));
    }

    Object ofNumber(BigDecimal number) throws Refused {
        if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
            throw refused(number.toString());
        }
        return switch (type.kind()) {
            case TINYINT -> (byte) whole(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> (short) whole(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> decimal(number);
            case REAL -> finite(number.floatValue(), number).floatValue();
            case DOUBLE -> finite(number.doubleValue(), number);
            case BOOLEAN -> number.signum() != 0;
            case CHAR, VARCHAR -> fitted(plain(number));
            default -> throw refused(plain(number));
        };
    }

    private long whole(BigDecimal number, long min, long max) throws Refused {
        try {
            long whole = number.longValueExact();
            if (whole >= min && whole <= max) {
                return whole;
            }
        } catch (ArithmeticException e) {
            // Too large for a long, or not whole: refused like one that is too large for the type.
        }
        throw refused(plain(number));
    }

    private BigDecimal decimal(BigDecimal number) throws Refused {
        try {
            BigDecimal scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
            if (scaled.precision() <= type.length()) {
                return scaled;
            }
        } catch (ArithmeticException e) {
            // More digits behind the point than the type has.
        }
        throw refused(plain(number));
    }

    private Double finite(double value, BigDecimal number) throws Refused {
        if (Double.isInfinite(value)) {
            throw refused(plain(number));
        }
        return value;
    }

    /** As long as the type allows, without an error. */
    private String fitted(String text) {
        int characters = text.codePointCount(0, text.length());
        String cut =
                characters <= type.length()
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, type.length()));
        return type.kind() == ColumnType.Kind.CHAR && characters < type.length()
                ? cut + " ".repeat(type.length() - characters)
                : cut;
    }

    private byte[] bytes(String text) throws Refused {
        String plain = text.trim();
        if (plain.length() < 3
                || Character.toUpperCase(plain.charAt(0)) != 'X'
                || plain.charAt(1) != '\''
                || plain.charAt(plain.length() - 1) != '\'') {
            throw refused(quoted(text));
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(plain.substring(2, plain.length() - 1));
            boolean resized = bytes.length > type.length() || type.kind() == ColumnType.Kind.BINARY;
            return resized ? Arrays.copyOf(bytes, type.length()) : bytes;
        } catch (IllegalArgumentException e) {
            throw refused(quoted(text));
        }
    }

    private Object orRefused(Object value, String text) throws Refused {
        if (value == null) {
            throw refused(quoted(text));
        }
        return value;
    }

    private Refused refused(String shown) {
        return new Refused(shown + " cannot be converted to " + type);
    }

    private static String plain(BigDecimal number) {
        return number.scale() >= 0 ? number.toPlainString() : number.toBigInteger().toString();
    }

    private static String quoted(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= 100 ? "'" + text + "'" : "'" + text.substring(0, 25) + "…'";
    }
}
