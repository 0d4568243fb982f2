package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

import java.io.Serializable;

/** Reads the fields of rows of a type. */
final class RowGetters implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MILLISECONDS = 3;

    private final RowData.FieldGetter[] getters;

    RowGetters(RowType type) {
        getters = new RowData.FieldGetter[type.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
        }
    }

    int count() {
        return getters.length;
    }

    Object value(RowData row, int field) {
        return getters[field].getFieldOrNull(row);
    }

    static long time(RowData row, int field) {
        return row.getTimestamp(field, MILLISECONDS).getMillisecond();
    }

    /** A copy of a row with more fields behind its own. */
    GenericRowData widened(RowData row, int more) {
        GenericRowData widened = new GenericRowData(getters.length + more);
        for (int i = 0; i < getters.length; i++) {
            widened.setField(i, getters[i].getFieldOrNull(row));
        }
        return widened;
    }

    /** A copy of a row with another value in a field. */
    GenericRowData with(RowData row, int field, Object value) {
        GenericRowData copy = widened(row, 0);
        copy.setField(field, value);
        return copy;
    }
}
