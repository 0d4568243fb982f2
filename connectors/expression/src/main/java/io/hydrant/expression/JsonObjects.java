package io.hydrant.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Writes what was selected as a JSON object, members in the order of the columns, null written.
 * Times are written as the deserializers of the format conversion read them. Not thread-safe.
 */
final class JsonObjects {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final long NANOS_OF_MILLI = 1_000_000L;

    private final List<RelDataTypeField> members;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    JsonObjects(List<RelDataTypeField> members) {
        this.members = members;
    }

    /**
     * One object.
     *
     * @param values values of all selected columns, by the index of the column
     */
    byte[] write(Object[] values) throws IOException {
        bytes.reset();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (RelDataTypeField member : members) {
                out.writeFieldName(member.getName());
                write(member.getType(), values[member.getIndex()], out);
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(RelDataType type, Object value, JsonGenerator out)
            throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (type.getSqlTypeName()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    out.writeNumber(((Number) value).longValue());
            case DECIMAL -> out.writeNumber(((BigDecimal) value).toPlainString());
            case REAL -> out.writeNumber(((Number) value).floatValue());
            case FLOAT, DOUBLE -> out.writeNumber(((Number) value).doubleValue());
            case BINARY, VARBINARY -> out.writeBinary(((ByteString) value).getBytes());
            case DATE ->
                    out.writeString(LocalDate.ofEpochDay(((Number) value).longValue()).toString());
            case TIME ->
                    out.writeString(
                            TIME.format(
                                    LocalTime.ofNanoOfDay(
                                            ((Number) value).longValue() * NANOS_OF_MILLI)));
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    out.writeString(
                            TIMESTAMP.format(Instant.ofEpochMilli(((Number) value).longValue())));
            case ARRAY, MULTISET -> writeArray(type.getComponentType(), (List<?>) value, out);
            case MAP -> writeMap(type, (Map<?, ?>) value, out);
            case ROW -> writeStruct(type, value, out);
            default -> out.writeString(value.toString());
        }
    }

    private static void writeArray(RelDataType element, List<?> values, JsonGenerator out)
            throws IOException {
        out.writeStartArray();
        for (Object value : values) {
            write(element, value, out);
        }
        out.writeEndArray();
    }

    private static void writeMap(RelDataType type, Map<?, ?> entries, JsonGenerator out)
            throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(type.getValueType(), entry.getValue(), out);
        }
        out.writeEndObject();
    }

    private static void writeStruct(RelDataType type, Object value, JsonGenerator out)
            throws IOException {
        Object[] fields = value instanceof List<?> list ? list.toArray() : (Object[]) value;
        out.writeStartObject();
        for (RelDataTypeField field : type.getFieldList()) {
            out.writeFieldName(field.getName());
            write(field.getType(), fields[field.getIndex()], out);
        }
        out.writeEndObject();
    }
}
