package io.hydrant.expression;

import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

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
 * Times are written as the deserializers of the format conversion read them. What goes on as it is
 * is written from the bytes of its row. Not thread-safe.
 */
final class JsonObjects {

    private static final int KEPT = 1024 * 1024;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final long NANOS_OF_MILLI = 1_000_000L;

    private final CompiledSelect select;
    private final RelDataTypeField[] members;
    private final byte[][] heads;
    private final JsonText out = new JsonText();

    JsonObjects(CompiledSelect select, List<RelDataTypeField> members) {
        this.select = select;
        this.members = members.toArray(new RelDataTypeField[0]);
        this.heads = new byte[this.members.length][];
        for (int i = 0; i < heads.length; i++) {
            JsonText head = new JsonText();
            head.sign(i == 0 ? '{' : ',');
            head.text(this.members[i].getName());
            head.sign(':');
            heads[i] = head.toByteArray();
        }
    }

    /**
     * One object.
     *
     * @param rows at the row that was selected of
     * @param computed what was computed of it
     */
    byte[] write(RecordRows rows, Object[] computed) throws IOException {
        out.clear(KEPT);
        for (int i = 0; i < members.length; i++) {
            out.raw(heads[i]);
            int selected = members[i].getIndex();
            int column = select.columnOf(selected);
            if (column < 0) {
                write(members[i].getType(), computed[select.computedIndex(selected)]);
            } else if (rows.ofRecord(column) != null) {
                write(members[i].getType(), rows.ofRecord(column).valueOf(rows.record()));
            } else {
                copy(
                        select.columns().get(column).type(),
                        members[i].getType(),
                        rows.copied(column));
            }
        }
        out.sign('}');
        return out.toByteArray();
    }

    private void copy(HiveType from, RelDataType to, RowInput in) throws IOException {
        if (in == null) {
            out.nothing();
        } else if (isText(from)) {
            int length = in.pass();
            out.text(in.array(), in.offset(), length);
        } else if (isWhole(from)) {
            out.whole(in.number());
        } else {
            write(to, RowValues.read(from, in));
        }
    }

    private static boolean isText(HiveType type) {
        return type == HiveType.Simple.STRING
                || type instanceof HiveType.Varchar
                || type instanceof HiveType.Char;
    }

    private static boolean isWhole(HiveType type) {
        return RowBytes.isNumber(type)
                && type != HiveType.Simple.DATE
                && !(type instanceof HiveType.Decimal);
    }

    private void write(RelDataType type, Object value) {
        if (value == null) {
            out.nothing();
            return;
        }
        switch (type.getSqlTypeName()) {
            case BOOLEAN -> out.truth((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> out.whole(((Number) value).longValue());
            case DECIMAL -> out.number(((BigDecimal) value).toPlainString());
            case REAL -> out.floating(((Number) value).floatValue());
            case FLOAT, DOUBLE -> out.floating(((Number) value).doubleValue());
            case BINARY, VARBINARY -> out.binary(((ByteString) value).getBytes());
            case DATE -> out.text(LocalDate.ofEpochDay(((Number) value).longValue()).toString());
            case TIME ->
                    out.text(
                            TIME.format(
                                    LocalTime.ofNanoOfDay(
                                            ((Number) value).longValue() * NANOS_OF_MILLI)));
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    out.text(TIMESTAMP.format(Instant.ofEpochMilli(((Number) value).longValue())));
            case ARRAY, MULTISET -> writeArray(type.getComponentType(), (List<?>) value);
            case MAP -> writeMap(type, (Map<?, ?>) value);
            case ROW -> writeStruct(type, value);
            default -> out.text(value.toString());
        }
    }

    private void writeArray(RelDataType element, List<?> values) {
        char before = '[';
        for (Object value : values) {
            out.sign(before);
            write(element, value);
            before = ',';
        }
        end(before, '[', ']');
    }

    private void writeMap(RelDataType type, Map<?, ?> entries) {
        char before = '{';
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.sign(before);
            out.text(String.valueOf(entry.getKey()));
            out.sign(':');
            write(type.getValueType(), entry.getValue());
            before = ',';
        }
        end(before, '{', '}');
    }

    private void writeStruct(RelDataType type, Object value) {
        Object[] fields = value instanceof List<?> list ? list.toArray() : (Object[]) value;
        char before = '{';
        for (RelDataTypeField field : type.getFieldList()) {
            out.sign(before);
            out.text(field.getName());
            out.sign(':');
            write(field.getType(), fields[field.getIndex()]);
            before = ',';
        }
        end(before, '{', '}');
    }

    /** What begins only with its first part has not begun where it has none. */
    private void end(char before, char open, char close) {
        if (before == open) {
            out.sign(open);
        }
        out.sign(close);
    }
}
