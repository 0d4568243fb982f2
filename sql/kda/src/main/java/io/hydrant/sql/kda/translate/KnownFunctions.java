package io.hydrant.sql.kda.translate;

import java.util.Set;

/**
 * The scalar functions of the dialect. Flink knows many more, under which an application would run
 * that Kinesis Data Analytics never took, and with values that nothing promises.
 *
 * <p>Source: SQL reference, "Functions"; SQRT stands in its list of reserved words alone, and in
 * published applications.
 */
final class KnownFunctions {

    private static final Set<String> NAMES =
            Set.of(
                    "ABS",
                    "CAST",
                    "CEIL",
                    "CEILING",
                    "CHARACTER_LENGTH",
                    "CHAR_LENGTH",
                    "CHAR_TO_DATE",
                    "CHAR_TO_TIME",
                    "CHAR_TO_TIMESTAMP",
                    "COALESCE",
                    "DATE_TO_CHAR",
                    "EXP",
                    "EXTRACT",
                    "FAST_REGEX_LOG_PARSE",
                    "FAST_REGEX_LOG_PARSER",
                    "FIXED_COLUMN_LOG_PARSE",
                    "FLOOR",
                    "INITCAP",
                    "LN",
                    "LOG10",
                    "LOWER",
                    "MOD",
                    "MONOTONIC",
                    "NULLIF",
                    "OVERLAY",
                    "POSITION",
                    "POWER",
                    "REGEX_LOG_PARSE",
                    "REGEX_REPLACE",
                    "ROW",
                    "SQRT",
                    "STEP",
                    "SUBSTRING",
                    "SYS_LOG_PARSE",
                    "TIMESTAMP_TO_CHAR",
                    "TIME_TO_CHAR",
                    "TO_TIMESTAMP",
                    "TRIM",
                    "TSDIFF",
                    "UNIX_TIMESTAMP",
                    "UPPER",
                    "VARIABLE_COLUMN_LOG_PARSE",
                    "W3C_LOG_PARSE");

    private KnownFunctions() {}

    /** Whether the dialect has a function of this name, which is in upper case. */
    static boolean has(String name) {
        return NAMES.contains(name);
    }
}
