package io.hydrant.sql.functions.logs;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The parsers of lines of logs. */
public final class LogFunctions {

    private static final String REFERENCE = "KDA SQL reference, ";

    private LogFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "REGEX_LOG_PARSE",
                        "text, 'pattern' [, 'columns']",
                        "ROW<COLUMN1 STRING, …> or of `columns`",
                        "A column for every group of the java.util.regex pattern that all of `text` matches. NULL where it does not",
                        REFERENCE + "REGEX_LOG_PARSE",
                        RegexLogParse.class),
                new FunctionEntry(
                        "FAST_REGEX_LOG_PARSE",
                        "text, 'pattern' [, 'columns']",
                        "ROW<COLUMN1 STRING, …> or of `columns`",
                        "A column for every group of a pattern that is matched lazily and never goes back, with classes of its own such as `<Digit>`. NULL where a character is left over",
                        REFERENCE + "FAST_REGEX_LOG_PARSER",
                        FastRegexLogParse.class),
                new FunctionEntry(
                        "VARIABLE_COLUMN_LOG_PARSE",
                        "text, count or 'columns', 'delimiter' [, 'escape' [, 'quotes']]",
                        "ROW<COLUMN1 STRING, …> or of `columns`",
                        "The fields between delimiters. `columns` is a list of `name TYPE type ['date pattern'] [NOT NULL]`. A value that is none of its type is NULL, and so is the row where that must not be",
                        REFERENCE + "VARIABLE_COLUMN_LOG_PARSE",
                        VariableColumnLogParse.class),
                new FunctionEntry(
                        "FIXED_COLUMN_LOG_PARSE",
                        "text, 'columns'",
                        "ROW of `columns`",
                        "Columns of fixed place: `name TYPE type ['date pattern'] [NOT NULL] START n [FOR m]`, counted from 0",
                        REFERENCE + "FIXED_COLUMN_LOG_PARSE",
                        FixedColumnLogParse.class),
                new FunctionEntry(
                        "W3C_LOG_PARSE",
                        "text, 'format'",
                        "ROW<COLUMN1 …>",
                        "A column for every specifier of an Apache log format, or of COMMON, COMMON WITH VHOST, NCSA EXTENDED, REFERER or AGENT. Numbers are BIGINT. NULL for a line of another form",
                        REFERENCE + "W3C_LOG_PARSE",
                        W3cLogParse.class),
                new FunctionEntry(
                        "SYS_LOG_PARSE",
                        "text",
                        "ROW<COLUMN1 TIMESTAMP(3), COLUMN2 STRING>",
                        "Time (of the year 1970, for it has none) and rest of an entry of syslog. NULL for another form",
                        REFERENCE + "SYS_LOG_PARSE; RFC 3164",
                        SysLogParse.class));
    }
}
