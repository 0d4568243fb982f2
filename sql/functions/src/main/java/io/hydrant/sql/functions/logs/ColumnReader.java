package io.hydrant.sql.functions.logs;

import io.hydrant.sql.functions.time.DatePattern;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;

import java.math.BigDecimal;
import java.util.function.Function;

/** Makes the value of one column from its text, null where the text is none of the type. */
final class ColumnReader {

    private final LogColumn column;
    private final Function<String, Object> read;

    ColumnReader(LogColumn column) {
        this.column = column;
        this.read = reader(column.type(), column.pattern());
    }

    LogColumn column() {
        return column;
    }

    /** The value in the form of Flink's internal data structures; null for null. */
    Object read(String text) {
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Function<String, Object> reader(LogicalType type, String pattern) {
        return switch (type.getTypeRoot()) {
            case VARCHAR ->
                    text -> StringData.fromString(cut(text, ((VarCharType) type).getLength()));
            case TINYINT -> text -> Byte.valueOf(text.trim());
            case SMALLINT -> text -> Short.valueOf(text.trim());
            case INTEGER -> text -> Integer.valueOf(text.trim());
            case BIGINT -> text -> Long.valueOf(text.trim());
            case FLOAT -> text -> Float.valueOf(text.trim());
            case DOUBLE -> text -> Double.valueOf(text.trim());
            case DECIMAL -> text -> decimal(text, (DecimalType) type);
            case BOOLEAN -> ColumnReader::bool;
            case DATE, TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE ->
                    time(type.getTypeRoot(), pattern);
            default -> throw new IllegalArgumentException("No log column can be of type " + type);
        };
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static Object decimal(String text, DecimalType type) {
        return DecimalData.fromBigDecimal(
                new BigDecimal(text.trim()), type.getPrecision(), type.getScale());
    }

    private static Object bool(String text) {
        return switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static Function<String, Object> time(LogicalTypeRoot root, String given) {
        DatePattern pattern = DatePattern.of(given == null ? asSqlWritesIt(root) : given);
        return text -> {
            TimestampData time = pattern.parse(text.trim());
            if (time == null) {
                return null;
            }
            return switch (root) {
                case DATE -> (int) time.toLocalDateTime().toLocalDate().toEpochDay();
                case TIME_WITHOUT_TIME_ZONE ->
                        (int) (time.toLocalDateTime().toLocalTime().toNanoOfDay() / 1_000_000L);
                default -> time;
            };
        };
    }

    private static String asSqlWritesIt(LogicalTypeRoot root) {
        return switch (root) {
            case DATE -> "yyyy-MM-dd";
            case TIME_WITHOUT_TIME_ZONE -> "HH:mm:ss";
            default -> "yyyy-MM-dd HH:mm:ss";
        };
    }
}
