package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.run.RowFields;
import io.hydrant.sql.kda.translate.Column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a row of a stream as a line of JSON: its columns, ROWTIME, the stream's name. */
final class RowJson implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A DECIMAL shows its digits, as in the records of a job. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                                    .build())
                    .build();

    private static final DateTimeFormatter ROWTIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

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
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A row of " + stream + " as JSON", impossible);
        }
    }

    private static void put(ObjectNode line, String name, LogicalType type, RowData row, int at) {
        Object value = RowFields.value(row, at, type);
        if (value instanceof Byte number) {
            line.put(name, number.intValue());
        } else if (value instanceof byte[] bytes) {
            line.put(name, bytes);
        } else if (value instanceof BigDecimal number) {
            line.set(name, DecimalNode.valueOf(number));
        } else {
            line.set(name, MAPPER.valueToTree(value));
        }
    }
}
