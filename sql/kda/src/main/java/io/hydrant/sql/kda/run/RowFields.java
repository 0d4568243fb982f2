package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Fields of rows as documents have them: truths, numbers, bytes, and all else as text. Timestamps
 * are {@code 2020-01-01 00:00:00.000}.
 */
public final class RowFields {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final int MILLION = 1_000_000;

    private RowFields() {}

    /**
     * A field.
     *
     * @param type of the field
     * @return a Boolean, Number, byte[] or String; null for NULL
     */
    public static Object value(RowData row, int field, LogicalType type) {
        if (row.isNullAt(field)) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> row.getBoolean(field);
            case TINYINT -> row.getByte(field);
            case SMALLINT -> row.getShort(field);
            case INTEGER -> row.getInt(field);
            case BIGINT -> row.getLong(field);
            case FLOAT -> row.getFloat(field);
            case DOUBLE -> row.getDouble(field);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield row.getDecimal(field, decimal.getPrecision(), decimal.getScale())
                        .toBigDecimal();
            }
            case CHAR, VARCHAR -> row.getString(field).toString();
            case BINARY, VARBINARY -> row.getBinary(field);
            case DATE -> LocalDate.ofEpochDay(row.getInt(field)).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                    TIME.format(LocalTime.ofNanoOfDay((long) row.getInt(field) * MILLION));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    TIMESTAMP.format(
                            Instant.ofEpochMilli(row.getTimestamp(field, 3).getMillisecond()));
            default -> throw new IllegalStateException("A column of type " + type);
        };
    }
}
