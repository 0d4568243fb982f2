package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;

import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code VARIABLE_COLUMN_LOG_PARSE(text, columns, delimiter [, escape [, quotes]])}: the fields
 * between delimiters, as columns with types or as so many columns of text.
 *
 * <p>Source: SQL reference, VARIABLE_COLUMN_LOG_PARSE. A field that a text lacks is null, and
 * fields beyond the columns are left out, of which the page says nothing.
 */
public final class VariableColumnLogParse extends LogParse {

    private static final long serialVersionUID = 1;

    private static final int MOST_COLUMNS = 1000;

    /** The row of a list of columns. */
    public RowData eval(String text, String columns, String delimiter) {
        return parse(text, columns, delimiter);
    }

    /** The row of a list of columns. */
    public RowData eval(String text, String columns, String delimiter, String escape) {
        return parse(text, columns, delimiter, escape);
    }

    /** The row of a list of columns. */
    public RowData eval(
            String text, String columns, String delimiter, String escape, String quotes) {
        return parse(text, columns, delimiter, escape, quotes);
    }

    /** The row of so many columns of text. */
    public RowData eval(String text, Integer columns, String delimiter) {
        return parse(text, String.valueOf(columns), delimiter);
    }

    /** The row of so many columns of text. */
    public RowData eval(String text, Integer columns, String delimiter, String escape) {
        return parse(text, String.valueOf(columns), delimiter, escape);
    }

    /** The row of so many columns of text. */
    public RowData eval(
            String text, Integer columns, String delimiter, String escape, String quotes) {
        return parse(text, String.valueOf(columns), delimiter, escape, quotes);
    }

    @Override
    List<String> literalNames() {
        return List.of("columns", "delimiter", "escape", "quotes");
    }

    @Override
    int optional() {
        return 2;
    }

    @Override
    LogParser parser(String... literals) {
        FieldSplitter splitter =
                new FieldSplitter(
                        literals[1],
                        literals.length > 2 ? literals[2] : null,
                        literals.length > 3 ? literals[3] : null);
        return new LogParser(
                columns(literals[0]), text -> splitter.split(text).toArray(String[]::new));
    }

    private static List<LogColumn> columns(String given) {
        if (given.isEmpty() || !given.chars().allMatch(Character::isDigit)) {
            return ColumnList.parse(given, false);
        }
        int count = given.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(given);
        if (count < 1 || count > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "the number of columns must be from 1 to %d, not %s"
                            .formatted(MOST_COLUMNS, given));
        }
        return IntStream.rangeClosed(1, count).mapToObj(LogColumn::text).toList();
    }
}
