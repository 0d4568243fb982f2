package io.hydrant.sql.kda.application;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL type of a column that records are decoded into.
 *
 * <p>Source of names, synonyms and bounds: SQL reference, "Data Types".
 *
 * @param kind what sort of value
 * @param length characters or bytes of CHAR, VARCHAR, BINARY and VARBINARY; digits of DECIMAL; else
 *     0
 * @param scale digits of DECIMAL behind the point, else 0
 */
public record ColumnType(Kind kind, int length, int scale) implements Serializable {

    /** The sorts of values; each says which Java type a decoded value has. */
    public enum Kind {
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@link Byte}. */
        TINYINT,
        /** {@link Short}. */
        SMALLINT,
        /** {@link Integer}. */
        INTEGER,
        /** {@link Long}. */
        BIGINT,
        /** {@link java.math.BigDecimal} of the type's scale. */
        DECIMAL,
        /** {@link Float}. */
        REAL,
        /** {@link Double}. */
        DOUBLE,
        /** {@link String}, padded with blanks to its length. */
        CHAR,
        /** {@link String}. */
        VARCHAR,
        /** {@code byte[]} of exactly the type's length. */
        BINARY,
        /** {@code byte[]}. */
        VARBINARY,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** {@link java.time.LocalTime}, to the millisecond. */
        TIME,
        /** {@link java.time.LocalDateTime}, to the millisecond. */
        TIMESTAMP
    }

    /** The longest CHAR, VARCHAR, BINARY or VARBINARY; also the length of those given without. */
    public static final int MAX_LENGTH = 65535;

    private static final int MAX_PRECISION = 38;

    /** What DECIMAL without digits means: KDA's largest. */
    private static final int DEFAULT_PRECISION = 19;

    private static final Pattern SHAPE =
            Pattern.compile("([A-Z]+(?: [A-Z]+)?) ?(?:\\( ?(\\d{1,9}) ?(?:, ?(\\d{1,9}) ?)?\\))?");

    private static final Map<String, Kind> NAMES =
            Map.ofEntries(
                    Map.entry("BOOLEAN", Kind.BOOLEAN),
                    Map.entry("TINYINT", Kind.TINYINT),
                    Map.entry("SMALLINT", Kind.SMALLINT),
                    Map.entry("INTEGER", Kind.INTEGER),
                    Map.entry("INT", Kind.INTEGER),
                    Map.entry("BIGINT", Kind.BIGINT),
                    Map.entry("DECIMAL", Kind.DECIMAL),
                    Map.entry("DEC", Kind.DECIMAL),
                    Map.entry("NUMERIC", Kind.DECIMAL),
                    Map.entry("REAL", Kind.REAL),
                    Map.entry("FLOAT", Kind.DOUBLE),
                    Map.entry("DOUBLE", Kind.DOUBLE),
                    Map.entry("DOUBLE PRECISION", Kind.DOUBLE),
                    Map.entry("CHAR", Kind.CHAR),
                    Map.entry("CHARACTER", Kind.CHAR),
                    Map.entry("VARCHAR", Kind.VARCHAR),
                    Map.entry("CHAR VARYING", Kind.VARCHAR),
                    Map.entry("CHARACTER VARYING", Kind.VARCHAR),
                    Map.entry("BINARY", Kind.BINARY),
                    Map.entry("VARBINARY", Kind.VARBINARY),
                    Map.entry("BINARY VARYING", Kind.VARBINARY),
                    Map.entry("DATE", Kind.DATE),
                    Map.entry("TIME", Kind.TIME),
                    Map.entry("TIMESTAMP", Kind.TIMESTAMP));

    /**
     * Reads a type as it stands in a document, such as {@code VARCHAR(16)} or {@code decimal(5,
     * 2)}.
     *
     * @throws IllegalArgumentException if it is none; the message says what would be
     */
    public static ColumnType parse(String text) {
        String plain = text.trim().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        Matcher shape = SHAPE.matcher(plain);
        Kind kind = shape.matches() ? NAMES.get(shape.group(1)) : null;
        if (kind == null) {
            throw new IllegalArgumentException(
                    "is no SQL type; one of BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT,"
                            + " DECIMAL(p,s), REAL, DOUBLE, CHAR(n), VARCHAR(n), BINARY(n),"
                            + " VARBINARY(n), DATE, TIME, TIMESTAMP");
        }
        Integer first = shape.group(2) == null ? null : Integer.valueOf(shape.group(2));
        Integer second = shape.group(3) == null ? null : Integer.valueOf(shape.group(3));
        return switch (kind) {
            case DECIMAL -> decimal(first, second);
            case CHAR, BINARY -> sized(kind, first == null ? 1 : first, second);
            case VARCHAR, VARBINARY -> sized(kind, first == null ? MAX_LENGTH : first, second);
            default -> {
                if (second != null || (first != null && kind != Kind.TIMESTAMP)) {
                    throw new IllegalArgumentException(kind + " takes no length");
                }
                // A precision of TIMESTAMP says nothing: it is always a millisecond.
                yield new ColumnType(kind, 0, 0);
            }
        };
    }

    private static ColumnType decimal(Integer precision, Integer scale) {
        int digits = precision == null ? DEFAULT_PRECISION : precision;
        int behind = scale == null ? 0 : scale;
        if (digits < 1 || digits > MAX_PRECISION || behind > digits) {
            throw new IllegalArgumentException(
                    "has "
                            + digits
                            + " digits, "
                            + behind
                            + " of them behind the point; 1 to "
                            + MAX_PRECISION
                            + " digits are allowed, and no more behind the point than there are");
        }
        return new ColumnType(Kind.DECIMAL, digits, behind);
    }

    private static ColumnType sized(Kind kind, int length, Integer second) {
        if (second != null || length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("takes one length, 1 to " + MAX_LENGTH);
        }
        return new ColumnType(kind, length, 0);
    }

    /** The type as SQL has it. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + length + "," + scale + ")";
            case CHAR, VARCHAR, BINARY, VARBINARY -> kind + "(" + length + ")";
            default -> kind.toString();
        };
    }
}
