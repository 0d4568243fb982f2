package io.hydrant.expression;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.json.ConversionException;
import io.hydrant.delivery.conversion.json.JsonRows;
import io.hydrant.delivery.conversion.json.JsonSerDe;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads records as rows of values, one row for each JSON object of a record. JSON is understood as
 * by the OpenX deserializer of the format conversion; of a column that the SQL does not ask for
 * nothing is read, and one that goes on as it is stays the bytes that it was read as. Not
 * thread-safe.
 */
final class RecordRows {

    private static final int KEPT = 1024 * 1024;

    /** Stands for null in place of where a value is. */
    private static final int NOWHERE = -1;

    private final GrowingBytes bytes = new GrowingBytes(0);
    private final RowInput rows = new RowInput();
    private final RowInput copied = new RowInput();
    private final HiveType.Struct json;
    private final int[] columns;
    private final boolean[] computed;
    private final JsonRows reader;
    private final RecordColumn[] ofRecord;
    private final Object[] values;
    private final int[] places;
    private Envelope record;
    private int left;

    RecordRows(CompiledSelect select) {
        List<HiveType.Field> all = select.columns();
        List<HiveType.Field> read = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        this.ofRecord = new RecordColumn[all.size()];
        this.computed = new boolean[all.size()];
        this.values = new Object[all.size()];
        this.places = new int[all.size()];
        for (int i = 0; i < all.size(); i++) {
            computed[i] = select.computesWith(i);
            if (!computed[i] && !select.copies(i)) {
                continue;
            }
            if (i < select.declared()) {
                read.add(all.get(i));
                indexes.add(i);
            } else {
                ofRecord[i] = column(all.get(i));
            }
        }
        this.columns = indexes.stream().mapToInt(Integer::intValue).toArray();
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
     * Begins with a record, in front of its first row. It has one for each of its JSON objects, and
     * one where no column of JSON is asked for.
     *
     * @throws ConversionException if the record's JSON does not fit the columns
     */
    void begin(Envelope newRecord) throws ConversionException {
        record = newRecord;
        if (reader == null) {
            left = 1;
            return;
        }
        bytes.clear(KEPT);
        left =
                reader.append(
                        record.payloadArray(),
                        record.payloadOffset(),
                        record.payloadLength(),
                        bytes);
        rows.over(bytes.array(), 0, bytes.length());
    }

    /** Goes to the record's next row, if there is one. */
    boolean next() throws IOException {
        if (left == 0) {
            return false;
        }
        left--;
        for (int i = 0; i < values.length; i++) {
            values[i] = computed[i] && ofRecord[i] != null ? ofRecord[i].valueOf(record) : null;
        }
        if (json != null) {
            Arrays.fill(places, NOWHERE);
            for (int field = rows.field(json); field >= 0; field = rows.field(json)) {
                int column = columns[field];
                HiveType type = json.fields().get(field).type();
                places[column] = rows.position();
                if (computed[column]) {
                    values[column] = RowValues.read(type, rows);
                } else {
                    rows.skip(type);
                }
            }
        }
        return true;
    }

    /**
     * A value per column as Calcite's code takes it, null where it is null or not computed with.
     */
    Object[] values() {
        return values;
    }

    /** A column of every record, null where the column is declared. */
    RecordColumn ofRecord(int column) {
        return ofRecord[column];
    }

    /** The record that the row is of. */
    Envelope record() {
        return record;
    }

    /**
     * The value of a declared column, to be read until the next one is asked for; null for null.
     */
    RowInput copied(int column) {
        if (places[column] == NOWHERE) {
            return null;
        }
        copied.over(bytes.array(), places[column], bytes.length());
        return copied;
    }
}
