package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;

import java.util.List;

/**
 * {@code FAST_REGEX_LOG_PARSE(text, pattern [, columns])}: one column for every group of a pattern
 * that is matched lazily, without going back; no row where a character of the text is left over.
 * See {@link FastRegex}.
 *
 * <p>Source: SQL reference, FAST_REGEX_LOG_PARSER.
 */
public final class FastRegexLogParse extends LogParse {

    private static final long serialVersionUID = 1;

    /** The row of the groups. */
    public RowData eval(String text, String pattern) {
        return parse(text, pattern);
    }

    /** The row of the groups, with names and types. */
    public RowData eval(String text, String pattern, String columns) {
        return parse(text, pattern, columns);
    }

    @Override
    List<String> literalNames() {
        return List.of("pattern", "list of columns");
    }

    @Override
    int optional() {
        return 1;
    }

    @Override
    LogParser parser(String... literals) {
        FastRegex pattern = FastRegex.of(literals[0]);
        return new LogParser(
                RegexLogParse.columns(pattern.groups(), literals.length > 1 ? literals[1] : null),
                pattern::match);
    }
}
