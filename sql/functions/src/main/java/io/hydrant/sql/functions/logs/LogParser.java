package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

import java.util.List;
import java.util.function.Function;

/** What one list of literal arguments makes of a text: pieces, and a column out of each. */
final class LogParser {

    private final List<ColumnReader> readers;
    private final Function<String, String[]> pieces;

    /**
     * A parser.
     *
     * @param pieces what of a text belongs to each column, null for none; null where the text is
     *     not of the form at all
     */
    LogParser(List<LogColumn> columns, Function<String, String[]> pieces) {
        this.readers = columns.stream().map(ColumnReader::new).toList();
        this.pieces = pieces;
    }

    List<LogColumn> columns() {
        return readers.stream().map(ColumnReader::column).toList();
    }

    /** The row; null where the text has not the form or lacks what a column requires. */
    RowData parse(String text) {
        String[] found = pieces.apply(text);
        if (found == null) {
            return null;
        }
        GenericRowData row = new GenericRowData(readers.size());
        for (int i = 0; i < readers.size(); i++) {
            ColumnReader reader = readers.get(i);
            Object value = reader.read(i < found.length ? found[i] : null);
            if (value == null && reader.column().required()) {
                return null;
            }
            row.setField(i, value);
        }
        return row;
    }
}
