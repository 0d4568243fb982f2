package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.run.RowFields;
import io.hydrant.sql.kda.translate.Column;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes a row of a stream as a record: its columns without ROWTIME, in their order.
 *
 * <p>JSON is one object, with null for NULL; CSV one line, in quotes what holds a comma, a quote or
 * a line break, and empty for NULL. Bytes are hexadecimal.
 */
final class RowEncoder implements SerializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private final RowType type;
    private final int rowtime;
    private final boolean isCsv;
    private final String end;

    /**
     * An encoder.
     *
     * @param format JSON or CSV
     * @param end what stands behind each record
     */
    RowEncoder(RowType type, String format, String end) {
        this.type = type;
        this.rowtime = type.getFieldIndex(Column.ROWTIME);
        this.isCsv = format.equals("CSV");
        this.end = end;
    }

    @Override
    public byte[] serialize(RowData row) {
        if (isCsv) {
            return csv(row).getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (int i = 0; i < type.getFieldCount(); i++) {
                if (i != rowtime) {
                    json.writeFieldName(type.getFieldNames().get(i));
                    write(json, RowFields.value(row, i, type.getTypeAt(i)));
                }
            }
            json.writeEndObject();
            json.writeRaw(end);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(text(value));
        }
    }

    private String csv(RowData row) {
        StringBuilder line = new StringBuilder();
        boolean isFirst = true;
        for (int i = 0; i < type.getFieldCount(); i++) {
            if (i == rowtime) {
                continue;
            }
            if (!isFirst) {
                line.append(',');
            }
            isFirst = false;
            Object value = RowFields.value(row, i, type.getTypeAt(i));
            if (value != null) {
                line.append(quoted(text(value)));
            }
        }
        return line.append(end).toString();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes)
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
