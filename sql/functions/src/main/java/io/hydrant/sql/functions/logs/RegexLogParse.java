package io.hydrant.sql.functions.logs;

import org.apache.flink.table.data.RowData;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code REGEX_LOG_PARSE(text, pattern [, columns])}: one column for every group of a {@link
 * Pattern} that the whole text matches; no row where it does not.
 *
 * <p>Source: SQL reference, REGEX_LOG_PARSE. Its columns are VARCHAR(1024) there; here no text is
 * cut.
 */
public final class RegexLogParse extends LogParse {

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
        Pattern pattern = compile(literals[0]);
        int groups = pattern.matcher("").groupCount();
        if (groups == 0) {
            throw new IllegalArgumentException(
                    "the pattern '%s' has no group, and every group makes a column"
                            .formatted(literals[0]));
        }
        List<LogColumn> columns = columns(groups, literals.length > 1 ? literals[1] : null);
        return new LogParser(columns, text -> groups(pattern.matcher(text)));
    }

    /** The columns that were given, or as many as there are groups. */
    static List<LogColumn> columns(int groups, String given) {
        if (given == null) {
            return java.util.stream.IntStream.rangeClosed(1, groups)
                    .mapToObj(LogColumn::text)
                    .toList();
        }
        List<LogColumn> columns = ColumnList.parse(given, false);
        if (columns.size() != groups) {
            throw new IllegalArgumentException(
                    "the pattern has %d groups, but '%s' are %d columns"
                            .formatted(groups, given, columns.size()));
        }
        return columns;
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'%s' is no pattern of java.util.regex: %s at character %d"
                            .formatted(pattern, e.getDescription(), e.getIndex() + 1),
                    e);
        }
    }

    private static String[] groups(Matcher matcher) {
        if (!matcher.matches()) {
            return null;
        }
        String[] groups = new String[matcher.groupCount()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = matcher.group(i + 1);
        }
        return groups;
    }
}
