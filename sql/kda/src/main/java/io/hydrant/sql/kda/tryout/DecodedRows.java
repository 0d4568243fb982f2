package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.run.ReferenceRows;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

import java.util.ArrayList;
import java.util.List;

/** The rows of a reference table that was read from a file. */
final class DecodedRows implements ReferenceRows {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Object[]> rows;
    private final ArrayList<Column> columns;
    private transient List<RowData> current;

    DecodedRows(List<Object[]> rows, List<Column> columns) {
        this.rows = new ArrayList<>(rows);
        this.columns = new ArrayList<>(columns);
    }

    @Override
    public List<RowData> current() {
        if (current == null) {
            List<RowData> made = new ArrayList<>();
            for (Object[] values : rows) {
                GenericRowData row = new GenericRowData(values.length);
                for (int i = 0; i < values.length; i++) {
                    row.setField(i, Values.internal(values[i], columns.get(i).type()));
                }
                made.add(row);
            }
            current = made;
        }
        return current;
    }
}
