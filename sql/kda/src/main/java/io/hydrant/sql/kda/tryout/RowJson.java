package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.translate.Column;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a row of a stream as a line of JSON: its columns, ROWTIME, the stream's name. */
final class RowJson implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final DateTimeFormatter ROWTIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final int MILLION = 1_000_000;

    private final String stream;
    private final RowType type;
    private final int rowtime;

    RowJson(String stream, RowType type) {
        this.stream = stream;
        this.type = type;
        this.rowtime = type.getFieldIndex(Column.ROWTIME);
    }

    long time(RowData row) {
        return row.getTimestamp(rowtime, 3).getMillisecond();
    }

    String line(RowData row) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < type.getFieldCount(); i++) {
            if (i != rowtime) {
                put(line, type.getFieldNames().get(i), type.getTypeAt(i), row, i);
            }
        }
        line.put(Column.ROWTIME, ROWTIME.format(Instant.ofEpochMilli(time(row))));
        line.put("_stream", stream);
        return MAPPER.valueToTree(line).toString();
    }

    private static void put(ObjectNode line, String name, LogicalType type, RowData row, int at) {
        if (row.isNullAt(at)) {
            line.putNull(name);
            return;
        }
        switch (type.getTypeRoot()) {
            case BOOLEAN -> line.put(name, row.getBoolean(at));
            case TINYINT -> line.put(name, row.getByte(at));
            case SMALLINT -> line.put(name, row.getShort(at));
            case INTEGER -> line.put(name, row.getInt(at));
            case BIGINT -> line.put(name, row.getLong(at));
            case FLOAT -> line.put(name, row.getFloat(at));
            case DOUBLE -> line.put(name, row.getDouble(at));
            case DECIMAL -> {
                org.apache.flink.table.types.logical.DecimalType decimal =
                        (org.apache.flink.table.types.logical.DecimalType) type;
                line.put(
                        name,
                        row.getDecimal(at, decimal.getPrecision(), decimal.getScale())
                                .toBigDecimal());
            }
            case CHAR, VARCHAR -> line.put(name, row.getString(at).toString());
            case BINARY, VARBINARY -> line.put(name, row.getBinary(at));
            case DATE -> line.put(name, LocalDate.ofEpochDay(row.getInt(at)).toString());
            case TIME_WITHOUT_TIME_ZONE ->
                    line.put(
                            name,
                            TIME.format(LocalTime.ofNanoOfDay((long) row.getInt(at) * MILLION)));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    line.put(
                            name,
                            TIMESTAMP.format(
                                    Instant.ofEpochMilli(
                                            row.getTimestamp(at, 3).getMillisecond())));
            default -> throw new IllegalStateException("A column of type " + type + ": " + name);
        }
    }
}
