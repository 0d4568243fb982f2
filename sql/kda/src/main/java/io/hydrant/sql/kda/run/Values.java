package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.application.ColumnType;
import io.hydrant.sql.kda.application.RecordColumn;
import io.hydrant.sql.kda.application.RecordSchema;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** Decoded values as Flink's rows hold them. */
public final class Values {

    private static final int MILLISECONDS = 3;
    private static final int MILLION = 1_000_000;

    /** The columns that a stream from Kinesis has beside those of its records. */
    private static final List<Column> SYSTEM_COLUMNS =
            List.of(
                    new Column("APPROXIMATE_ARRIVAL_TIME", new TimestampType(MILLISECONDS)),
                    new Column("PARTITION_KEY", new VarCharType(512)),
                    new Column("SEQUENCE_NUMBER", new VarCharType(128)),
                    new Column("SHARD_ID", new VarCharType(64)));

    private Values() {}

    /** The columns of a schema. */
    public static List<Column> columns(RecordSchema schema) {
        List<Column> columns = new ArrayList<>();
        for (RecordColumn column : schema.columns()) {
            columns.add(new Column(column.name(), type(column.type())));
        }
        return columns;
    }

    /**
     * The columns that a stream from Kinesis has beside those of its records.
     *
     * @param own those of its records; one of them takes the place of a system column of its name
     */
    public static List<Column> systemColumns(List<Column> own) {
        return SYSTEM_COLUMNS.stream()
                .filter(s -> own.stream().noneMatch(c -> c.name().equals(s.name())))
                .toList();
    }

    private static LogicalType type(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanType();
            case TINYINT -> new TinyIntType();
            case SMALLINT -> new SmallIntType();
            case INTEGER -> new IntType();
            case BIGINT -> new BigIntType();
            case DECIMAL -> new DecimalType(type.length(), type.scale());
            case REAL -> new FloatType();
            case DOUBLE -> new DoubleType();
            case CHAR -> new CharType(type.length());
            case VARCHAR -> new VarCharType(type.length());
            case BINARY, VARBINARY -> new VarBinaryType(type.length());
            case DATE -> new DateType();
            case TIME -> new TimeType(MILLISECONDS);
            case TIMESTAMP -> new TimestampType(MILLISECONDS);
        };
    }

    /** A decoded value; null stays null. */
    public static Object internal(Object value, LogicalType type) {
        if (value instanceof String text) {
            return StringData.fromString(text);
        }
        if (value instanceof BigDecimal number) {
            DecimalType decimal = (DecimalType) type;
            return DecimalData.fromBigDecimal(number, decimal.getPrecision(), decimal.getScale());
        }
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        if (value instanceof LocalTime time) {
            return (int) (time.toNanoOfDay() / MILLION);
        }
        if (value instanceof LocalDateTime time) {
            return TimestampData.fromLocalDateTime(time);
        }
        return value;
    }
}
