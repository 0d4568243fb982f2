package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.row.RowBytes;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.orc.storage.common.type.HiveDecimal;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.MultiValuedColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;

import java.io.IOException;
import java.math.BigInteger;

/** Puts the values of a row into ORC's column vectors. */
final class OrcValues {

    private static final long MILLIS = 1000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private OrcValues() {}

    /** Puts the fields of a struct, or of the whole row, into place {@code at} of its columns. */
    static void putFields(HiveType.Struct struct, ColumnVector[] columns, int at, RowInput row)
            throws IOException {
        for (ColumnVector column : columns) {
            putNull(column, at);
        }
        for (int i = row.field(struct); i >= 0; i = row.field(struct)) {
            put(struct.fields().get(i).type(), columns[i], at, row);
        }
    }

    private static void putNull(ColumnVector column, int at) {
        column.noNulls = false;
        column.isNull[at] = true;
    }

    private static void put(HiveType type, ColumnVector column, int at, RowInput row)
            throws IOException {
        column.isNull[at] = false;
        if (type instanceof HiveType.Simple simple) {
            putSimple(simple, column, at, row);
        } else if (type instanceof HiveType.Decimal decimal) {
            BigInteger unscaled =
                    RowBytes.isNumber(type) ? BigInteger.valueOf(row.number()) : row.decimal();
            ((DecimalColumnVector) column).set(at, HiveDecimal.create(unscaled, decimal.scale()));
        } else if (type instanceof HiveType.Struct struct) {
            putFields(struct, ((StructColumnVector) column).fields, at, row);
        } else if (type instanceof HiveType.Array array) {
            ListColumnVector list = (ListColumnVector) column;
            int count = reserve(list, at, row, list.child, null);
            for (int i = 0; i < count; i++) {
                putElement(array.element(), list.child, (int) list.offsets[at] + i, row);
            }
        } else if (type instanceof HiveType.Map map) {
            MapColumnVector entries = (MapColumnVector) column;
            int count = reserve(entries, at, row, entries.values, entries.keys);
            for (int i = 0; i < count; i++) {
                int place = (int) entries.offsets[at] + i;
                put(map.key(), entries.keys, place, row);
                putElement(map.value(), entries.values, place, row);
            }
        } else {
            putBytes(column, at, row);
        }
    }

    /** Makes room for the elements of a list or map; returns how many there are. */
    private static int reserve(
            MultiValuedColumnVector list,
            int at,
            RowInput row,
            ColumnVector elements,
            ColumnVector keys)
            throws IOException {
        int count = row.count();
        list.offsets[at] = list.childCount;
        list.lengths[at] = count;
        list.childCount += count;
        elements.ensureSize(grown(list.childCount, elements), true);
        if (keys != null) {
            keys.ensureSize(grown(list.childCount, keys), true);
        }
        return count;
    }

    /** Grows by doubling; the vector itself would copy for every row. */
    private static int grown(int needed, ColumnVector vector) {
        int capacity = vector.isNull.length;
        return needed <= capacity ? capacity : Math.max(needed, 2 * capacity);
    }

    private static void putElement(HiveType type, ColumnVector column, int at, RowInput row)
            throws IOException {
        if (row.presence()) {
            put(type, column, at, row);
        } else {
            putNull(column, at);
        }
    }

    private static void putSimple(HiveType.Simple type, ColumnVector column, int at, RowInput row)
            throws IOException {
        switch (type) {
            case BOOLEAN -> ((LongColumnVector) column).vector[at] = row.bool() ? 1 : 0;
            case TINYINT, SMALLINT, INT, BIGINT, DATE ->
                    ((LongColumnVector) column).vector[at] = row.number();
            case FLOAT, DOUBLE -> ((DoubleColumnVector) column).vector[at] = row.floating();
            case STRING, BINARY -> putBytes(column, at, row);
            case TIMESTAMP -> {
                TimestampColumnVector timestamps = (TimestampColumnVector) column;
                long second = row.number();
                int nanos = (int) row.number();
                timestamps.time[at] = second * MILLIS + nanos / NANOS_OF_MILLI;
                timestamps.nanos[at] = nanos;
            }
        }
    }

    private static void putBytes(ColumnVector column, int at, RowInput row) throws IOException {
        byte[] bytes = row.bytes();
        ((BytesColumnVector) column).setRef(at, bytes, 0, bytes.length);
    }
}
