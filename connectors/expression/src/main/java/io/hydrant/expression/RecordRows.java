package io.hydrant.expression;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.avatica.util.ByteString;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records as rows of values as Calcite's code takes them. JSON is understood as by the OpenX
 * deserializer of the format conversion; of a column that the SQL does not ask for nothing is read.
 * Not thread-safe.
 */
final class RecordRows {

    private static final int KEPT = 1024 * 1024;
    private static final long MILLIS = 1_000L;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final GrowingBytes bytes = new GrowingBytes(0);
    private final int width;
    private final HiveType.Struct json;
    private final int[] indexes;
    private final JsonRows reader;
    private final RecordColumn[] ofRecord;

    RecordRows(CompiledSelect select) {
        List<HiveType.Field> columns = select.columns();
        List<HiveType.Field> read = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        this.width = columns.size();
        this.ofRecord = new RecordColumn[width];
        for (int i = 0; i < width; i++) {
            if (!select.uses(i)) {
                continue;
            }
            if (i < select.declared()) {
                read.add(columns.get(i));
                places.add(i);
            } else {
                ofRecord[i] = column(columns.get(i));
            }
        }
        this.indexes = places.stream().mapToInt(Integer::intValue).toArray();
        this.json = read.isEmpty() ? null : new HiveType.Struct(read);
        this.reader = json == null ? null : new JsonRows(json, JsonSerDe.DEFAULT);
    }

    private static RecordColumn column(HiveType.Field field) {
        for (RecordColumn column : RecordColumn.values()) {
            if (column.field().equals(field)) {
                return column;
            }
        }
        throw new IllegalStateException(field.name() + " is no column of every record");
    }

    /**
     * The rows of a record: one for each of its JSON objects, and one where no column of JSON is
     * asked for.
     *
     * @throws ConversionException if the record's JSON does not fit the columns
     */
    List<Object[]> of(Envelope record) throws ConversionException, IOException {
        if (reader == null) {
            return List.<Object[]>of(rowOf(record));
        }
        bytes.clear(KEPT);
        int count =
                reader.append(
                        record.payloadArray(),
                        record.payloadOffset(),
                        record.payloadLength(),
                        bytes);
        RowInput in = new RowInput(new ByteArrayInputStream(bytes.array(), 0, bytes.length()));
        List<Object[]> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Object[] row = rowOf(record);
            for (int field = in.field(json); field >= 0; field = in.field(json)) {
                row[indexes[field]] = value(json.fields().get(field).type(), in);
            }
            rows.add(row);
        }
        return rows;
    }

    private Object[] rowOf(Envelope record) {
        Object[] row = new Object[width];
        for (int i = 0; i < width; i++) {
            row[i] = ofRecord[i] == null ? null : ofRecord[i].valueOf(record);
        }
        return row;
    }

    private static Object value(HiveType type, RowInput in) throws IOException {
        if (type instanceof HiveType.Simple simple) {
            return simple(simple, in);
        }
        if (type instanceof HiveType.Decimal decimal) {
            BigInteger unscaled =
                    RowBytes.isNumber(decimal) ? BigInteger.valueOf(in.number()) : in.decimal();
            return new BigDecimal(unscaled, decimal.scale());
        }
        if (type instanceof HiveType.Struct struct) {
            Object[] fields = new Object[struct.fields().size()];
            for (int field = in.field(struct); field >= 0; field = in.field(struct)) {
                fields[field] = value(struct.fields().get(field).type(), in);
            }
            return fields;
        }
        if (type instanceof HiveType.Array array) {
            int count = in.count();
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(in.presence() ? value(array.element(), in) : null);
            }
            return elements;
        }
        if (type instanceof HiveType.Map map) {
            int count = in.count();
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                Object key = value(map.key(), in);
                entries.put(key, in.presence() ? value(map.value(), in) : null);
            }
            return entries;
        }
        return text(in);
    }

    private static Object simple(HiveType.Simple type, RowInput in) throws IOException {
        return switch (type) {
            case BOOLEAN -> in.bool();
            case TINYINT -> (byte) in.number();
            case SMALLINT -> (short) in.number();
            case INT, DATE -> (int) in.number();
            case BIGINT -> in.number();
            case FLOAT -> (float) in.floating();
            case DOUBLE -> in.floating();
            case STRING -> text(in);
            case BINARY -> new ByteString(in.bytes());
            case TIMESTAMP -> {
                long seconds = in.number();
                yield seconds * MILLIS + in.number() / NANOS_OF_MILLI;
            }
        };
    }

    private static String text(RowInput in) throws IOException {
        return new String(in.bytes(), StandardCharsets.UTF_8);
    }
}
