package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;

import java.util.List;

/**
 * {@code FIXED_COLUMN_LOG_PARSE(text, columns)}: columns that begin at a character, counted from 0,
 * and have a length or go to the end.
 *
 * <p>Source: SQL reference, FIXED_COLUMN_LOG_PARSE. What begins behind the end of a text is null,
 * of which the page says nothing.
 */
public final class FixedColumnLogParse extends LogParse {

    private static final long serialVersionUID = 1;

    /** The row of the columns. */
    public RowData eval(String text, String columns) {
        return parse(text, columns);
    }

    @Override
    List<String> literalNames() {
        return List.of("list of columns");
    }

    @Override
    LogParser parser(String... literals) {
        List<LogColumn> columns = ColumnList.parse(literals[0], true);
        return new LogParser(
                columns,
                text ->
                        columns.stream()
                                .map(column -> piece(text, column.start(), column.length()))
                                .toArray(String[]::new));
    }

    private static String piece(String text, int start, int length) {
        if (start >= text.length()) {
            return null;
        }
        int end = length < 0 ? text.length() : (int) Math.min((long) start + length, text.length());
        return text.substring(start, end);
    }
}
