package io.hydrant.kinesis.change;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.util.Base64;

/**
 * The rule which values of DynamoDB go into a column of which type. Nothing is rounded and nothing
 * is guessed: a value that its column cannot hold as it is does not fit, but for FLOAT and DOUBLE,
 * which take the nearest number, and times, which are cut to the column's precision.
 */
final class AttributeConverters {

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Of the largest DECIMAL. */
    private static final int MOST_DIGITS = 38;

    private static final String NUMBER = "declare a type that holds it exactly, or STRING";
    private static final String TIME =
            "%s takes S like '%s'; declare it STRING or, for a number, BIGINT";

    private AttributeConverters() {}

    /**
     * Refuses types that no value goes into.
     *
     * @throws ValidationException naming the column and what there is
     */
    static void requireSupported(String path, LogicalType type) {
        boolean supported =
                switch (type.getTypeRoot()) {
                    case CHAR,
                            VARCHAR,
                            BOOLEAN,
                            BINARY,
                            VARBINARY,
                            TINYINT,
                            SMALLINT,
                            INTEGER,
                            BIGINT,
                            FLOAT,
                            DOUBLE,
                            DECIMAL,
                            DATE,
                            TIME_WITHOUT_TIME_ZONE,
                            TIMESTAMP_WITHOUT_TIME_ZONE,
                            TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            true;
                    case ARRAY -> {
                        requireSupported(path + "[]", ((ArrayType) type).getElementType());
                        yield true;
                    }
                    case MAP -> {
                        requireSupported(path + "[]", ((MapType) type).getValueType());
                        yield ((MapType) type).getKeyType().is(LogicalTypeFamily.CHARACTER_STRING);
                    }
                    case ROW -> {
                        ((RowType) type)
                                .getFields()
                                .forEach(
                                        field ->
                                                requireSupported(
                                                        path + '.' + field.getName(),
                                                        field.getType()));
                        yield true;
                    }
                    default -> false;
                };
        if (!supported) {
            throw new ValidationException(
                    "The column '%s' is %s, which no value of DynamoDB goes into; it may be STRING, BYTES, BOOLEAN, a number, a date or time, ARRAY, MAP<STRING, …> or ROW"
                            .formatted(path, type.asSummaryString()));
        }
    }

    /** A converter for the columns of a table. */
    static RowConverter ofItem(RowType type, Mismatches mismatches) {
        return row("", type, mismatches);
    }

    private static AttributeConverter of(String path, LogicalType type, Mismatches mismatches) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> new TextConverter(path, type, mismatches);
            case ARRAY ->
                    new ArrayConverter(
                            path,
                            (ArrayType) type,
                            mismatches,
                            of(path + "[]", ((ArrayType) type).getElementType(), mismatches));
            case MAP ->
                    new MapConverter(
                            path,
                            (MapType) type,
                            mismatches,
                            of(path + "[]", ((MapType) type).getValueType(), mismatches));
            case ROW -> row(path + '.', (RowType) type, mismatches);
            default -> scalar(path, type, mismatches);
        };
    }

    private static RowConverter row(String prefix, RowType type, Mismatches mismatches) {
        AttributeConverter[] fields = new AttributeConverter[type.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(prefix + type.getFieldNames().get(i), type.getTypeAt(i), mismatches);
        }
        String path = prefix.isEmpty() ? prefix : prefix.substring(0, prefix.length() - 1);
        return new RowConverter(path, type, mismatches, fields);
    }

    private static ScalarConverter scalar(String path, LogicalType type, Mismatches mismatches) {
        LogicalTypeRoot root = type.getTypeRoot();
        String name = type.asSummaryString();
        return switch (root) {
            case BOOLEAN ->
                    new ScalarConverter(
                            path,
                            type,
                            mismatches,
                            "BOOL",
                            Boolean::valueOf,
                            "a BOOLEAN takes BOOL; declare it STRING");
            case BINARY, VARBINARY ->
                    new ScalarConverter(
                            path,
                            type,
                            mismatches,
                            "B",
                            Base64.getDecoder()::decode,
                            "BYTES takes B; declare it STRING");
            case DATE ->
                    new ScalarConverter(
                            path,
                            type,
                            mismatches,
                            "S",
                            text -> (int) LocalDate.parse(text).toEpochDay(),
                            TIME.formatted(name, "2026-11-21"));
            case TIME_WITHOUT_TIME_ZONE ->
                    new ScalarConverter(
                            path,
                            type,
                            mismatches,
                            "S",
                            text -> (int) (LocalTime.parse(text).toNanoOfDay() / NANOS_PER_MILLI),
                            TIME.formatted(name, "12:30:00"));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> {
                long unit = nanosOfUnit(LogicalTypeChecks.getPrecision(type));
                yield new ScalarConverter(
                        path,
                        type,
                        mismatches,
                        "S",
                        text -> timestamp(text, unit),
                        TIME.formatted(name, "2026-11-21T12:30:00"));
            }
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                long unit = nanosOfUnit(LogicalTypeChecks.getPrecision(type));
                yield new ScalarConverter(
                        path,
                        type,
                        mismatches,
                        "S",
                        text -> instant(text, unit),
                        TIME.formatted(name, "2026-11-21T12:30:00Z"));
            }
            default -> new ScalarConverter(path, type, mismatches, "N", number(type), NUMBER);
        };
    }

    private static ScalarConverter.Parser number(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT -> text -> new BigDecimal(text).byteValueExact();
            case SMALLINT -> text -> new BigDecimal(text).shortValueExact();
            case INTEGER -> text -> new BigDecimal(text).intValueExact();
            case BIGINT -> text -> new BigDecimal(text).longValueExact();
            case FLOAT -> AttributeConverters::nearestFloat;
            case DOUBLE -> Double::valueOf;
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield text -> decimal(text, decimal.getPrecision(), decimal.getScale());
            }
            default -> throw new IllegalArgumentException("No converter for " + type);
        };
    }

    private static float nearestFloat(String text) {
        float number = Float.parseFloat(text);
        if (Float.isInfinite(number)) {
            throw new ArithmeticException("too large");
        }
        return number;
    }

    private static DecimalData decimal(String text, int precision, int scale) {
        BigDecimal number = new BigDecimal(text);
        if (number.precision() - number.scale() > MOST_DIGITS) {
            // Writing it out could take more memory than there is.
            throw new ArithmeticException("too large");
        }
        DecimalData data = DecimalData.fromBigDecimal(number.setScale(scale), precision, scale);
        if (data == null) {
            throw new ArithmeticException("too large");
        }
        return data;
    }

    private static TimestampData timestamp(String text, long unit) {
        LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
        int nanos = time.get(ChronoField.NANO_OF_SECOND);
        return TimestampData.fromLocalDateTime(time.withNano((int) (nanos / unit * unit)));
    }

    private static TimestampData instant(String text, long unit) {
        Instant time = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        return TimestampData.fromInstant(
                Instant.ofEpochSecond(time.getEpochSecond(), time.getNano() / unit * unit));
    }

    private static long nanosOfUnit(int precision) {
        return (long) Math.pow(10, NANO_DIGITS - precision);
    }
}
