package io.hydrant.sql.kda.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the dialect's words what Flink's planner says in its own.
 *
 * <p>The planner knows names and types of Flink, and functions and forms that Kinesis Data
 * Analytics had not. What is not known here stays as it is.
 */
final class PlannerWords {

    /** Of functions of other dialects, what does the same in this one. */
    private static final Map<String, String> INSTEAD =
            Map.ofEntries(
                    Map.entry("LENGTH", "CHAR_LENGTH(text)"),
                    Map.entry("LEN", "CHAR_LENGTH(text)"),
                    Map.entry("IFNULL", "COALESCE(value, other)"),
                    Map.entry("IF", "CASE WHEN condition THEN value ELSE other END"),
                    Map.entry("DECODE", "CASE value WHEN this THEN that END"),
                    Map.entry("GREATEST", "CASE WHEN one > other THEN one ELSE other END"),
                    Map.entry("LEAST", "CASE WHEN one < other THEN one ELSE other END"),
                    Map.entry("CONCAT", "one || other"),
                    Map.entry("CONCAT_WS", "one || ',' || other"),
                    Map.entry("LEFT", "SUBSTRING(text FROM 1 FOR length)"),
                    Map.entry("RIGHT", "SUBSTRING(text FROM CHAR_LENGTH(text) - length + 1)"),
                    Map.entry("SUBSTR", "SUBSTRING(text, start, length)"),
                    Map.entry("LTRIM", "TRIM(LEADING ' ' FROM text)"),
                    Map.entry("RTRIM", "TRIM(TRAILING ' ' FROM text)"),
                    Map.entry("BTRIM", "TRIM(BOTH ' ' FROM text)"),
                    Map.entry("REPLACE", "REGEX_REPLACE(text, pattern, replacement, 1, 0)"),
                    Map.entry("REGEXP_REPLACE", "REGEX_REPLACE(text, pattern, replacement, 1, 0)"),
                    Map.entry("REGEXP_EXTRACT", "SUBSTRING(text FROM pattern)"),
                    Map.entry("REGEXP", "text SIMILAR TO pattern"),
                    Map.entry("INSTR", "POSITION(part IN text)"),
                    Map.entry("LOCATE", "POSITION(part IN text)"),
                    Map.entry("SPLIT_INDEX", "VARIABLE_COLUMN_LOG_PARSE(text, 'A, B', ',')"),
                    Map.entry("JSON_VALUE", "a column of the input's schema with its JSONPath"),
                    Map.entry("JSON_QUERY", "a column of the input's schema with its JSONPath"),
                    Map.entry("JSON_EXTRACT", "a column of the input's schema with its JSONPath"),
                    Map.entry("ROUND", "CAST(number AS INTEGER), or AS DECIMAL(…, digits)"),
                    Map.entry("TRUNCATE", "FLOOR(number)"),
                    Map.entry("TRUNC", "FLOOR(number)"),
                    Map.entry(
                            "SIGN",
                            "CASE WHEN number < 0 THEN -1 WHEN number > 0 THEN 1 ELSE 0 END"),
                    Map.entry("LOG", "LN(number), or LOG10(number)"),
                    Map.entry("LOG2", "LN(number) / LN(2)"),
                    Map.entry("POW", "POWER(base, exponent)"),
                    Map.entry("YEAR", "EXTRACT(YEAR FROM time)"),
                    Map.entry("MONTH", "EXTRACT(MONTH FROM time)"),
                    Map.entry("DAYOFMONTH", "EXTRACT(DAY FROM time)"),
                    Map.entry("DAYOFWEEK", "TIMESTAMP_TO_CHAR('u', time), from Monday on"),
                    Map.entry("HOUR", "EXTRACT(HOUR FROM time)"),
                    Map.entry("MINUTE", "EXTRACT(MINUTE FROM time)"),
                    Map.entry("SECOND", "EXTRACT(SECOND FROM time)"),
                    Map.entry("TIMESTAMPADD", "time + INTERVAL '1' DAY"),
                    Map.entry("TIMESTAMPDIFF", "(one - other) SECOND, or TSDIFF(one, other)"),
                    Map.entry("DATE_FORMAT", "TIMESTAMP_TO_CHAR('yyyy-MM-dd', time)"),
                    Map.entry("FROM_UNIXTIME", "TO_TIMESTAMP(milliseconds)"),
                    Map.entry("NVL", "COALESCE(value, other)"),
                    Map.entry("ISNULL", "COALESCE(value, other)"),
                    Map.entry("TO_CHAR", "TIMESTAMP_TO_CHAR('yyyy-MM-dd', time)"),
                    Map.entry("STRFTIME", "TIMESTAMP_TO_CHAR('yyyy-MM-dd', time)"),
                    Map.entry("TO_DATE", "CHAR_TO_DATE('yyyy-MM-dd', text)"),
                    Map.entry("STR_TO_DATE", "CHAR_TO_DATE('yyyy-MM-dd', text)"),
                    Map.entry(
                            "DATEDIFF", "(one - other) DAY, or TSDIFF(one, other) in milliseconds"),
                    Map.entry(
                            "DATE_DIFF",
                            "(one - other) DAY, or TSDIFF(one, other) in milliseconds"),
                    Map.entry("DATEADD", "time + INTERVAL '1' DAY"),
                    Map.entry("DATE_ADD", "time + INTERVAL '1' DAY"),
                    Map.entry("DATE_TRUNC", "FLOOR(time TO HOUR)"),
                    Map.entry("DATE_PART", "EXTRACT(HOUR FROM time)"),
                    Map.entry("GETDATE", "CURRENT_ROW_TIMESTAMP"),
                    Map.entry("SYSDATE", "CURRENT_ROW_TIMESTAMP"),
                    Map.entry("STRPOS", "POSITION(part IN text)"),
                    Map.entry("CHARINDEX", "POSITION(part IN text)"),
                    Map.entry("SPLIT_PART", "VARIABLE_COLUMN_LOG_PARSE(text, 'A, B', ',')"),
                    Map.entry("APPROX_DISTINCT", "COUNT_DISTINCT_ITEMS_TUMBLING(CURSOR(…), …)"),
                    Map.entry("HOP", "a window of OVER (RANGE INTERVAL … PRECEDING)"),
                    Map.entry("TUMBLE", "GROUP BY STEP(s.ROWTIME BY INTERVAL '60' SECOND)"));

    private static final Pattern NO_FUNCTION =
            Pattern.compile("No match found for function signature ([^(]+)\\((.*)\\)");

    private static final Pattern NO_TYPES =
            Pattern.compile(
                    "Cannot apply '([^']+)' to arguments of type '(.*?)'\\..*", Pattern.DOTALL);

    private static final Pattern SUPPORTED =
            Pattern.compile(
                    "No match found for function signature ([^(]+)\\(([^)]*)\\)\\.\\s+Supported.*",
                    Pattern.DOTALL);

    private static final Pattern NO_METHOD =
            Pattern.compile(
                    "Could not find an implementation method .* for function '([^']+)'.*",
                    Pattern.DOTALL);

    private static final Pattern ARGUMENT =
            Pattern.compile(
                    "Unsupported argument type\\. Expected type '([^']+)' but actual type was '([^']+)'.*",
                    Pattern.DOTALL);

    private static final Pattern POSITION =
            Pattern.compile(
                    "Invalid argument type at position (\\d+)\\. Data type (.+) expected but (.+) passed.*",
                    Pattern.DOTALL);

    private static final Pattern SIGNATURES =
            Pattern.compile(
                    "Invalid input arguments\\. Expected signatures are:\\s+(.+)", Pattern.DOTALL);

    private static final Pattern NO_COUNT =
            Pattern.compile(
                    "Invalid number of arguments to function '([^']+)'\\. Was expecting (\\d+) arguments.*",
                    Pattern.DOTALL);

    private static final Pattern TYPE = Pattern.compile("<([^<>]+)>");

    private PlannerWords() {}

    /** The planner's reason in the dialect's words. */
    static String of(String reason) {
        if (reason == null) {
            return "The planner gives no reason; write the expression in smaller steps.";
        }
        Matcher function = NO_FUNCTION.matcher(reason);
        if (function.matches()) {
            return noFunction(function.group(1), types(function.group(2)));
        }
        Matcher types = NO_TYPES.matcher(reason);
        if (types.matches()) {
            return noTypes(types.group(1), types(types.group(2)));
        }
        Matcher supported = SUPPORTED.matcher(reason);
        if (supported.matches()) {
            return noTypes(supported.group(1), types(supported.group(2)));
        }
        Matcher method = NO_METHOD.matcher(reason);
        if (method.matches()) {
            return method.group(1)
                    + " takes other arguments than these, in number or in type; the SQL reference has"
                    + " its syntax.";
        }
        Matcher argument = ARGUMENT.matcher(reason);
        if (argument.matches()) {
            return "An argument is of type "
                    + type(argument.group(2))
                    + " where one of type "
                    + type(argument.group(1))
                    + " is taken; write CAST(… AS …) around it, or put the arguments in order.";
        }
        Matcher position = POSITION.matcher(reason);
        if (position.matches()) {
            return "Argument "
                    + (Integer.parseInt(position.group(1)) + 1)
                    + " is of type "
                    + type(position.group(3))
                    + " where one of type "
                    + type(position.group(2))
                    + " is taken; write CAST(… AS …) around it.";
        }
        Matcher signatures = SIGNATURES.matcher(reason);
        if (signatures.matches()) {
            return "The arguments are not those that the function takes, in number or in type. It"
                    + " takes "
                    + String.join(" or ", signatures.group(1).strip().split("\\s*\\n\\s*"))
                    + "; write CAST(… AS …) around what has to be of another type.";
        }
        if (reason.startsWith("The cast from")) {
            return "ROWTIME is a TIMESTAMP, and this value is none; write TO_TIMESTAMP(…) around"
                    + " milliseconds since 1970.";
        }
        if (reason.startsWith("Invalid input arguments")) {
            return "The arguments are not those that the function takes, in number or in type; write"
                    + " CAST(… AS …) around what has to be of another type.";
        }
        Matcher count = NO_COUNT.matcher(reason);
        if (count.matches()) {
            return count.group(1)
                    + " takes "
                    + (count.group(2).equals("1")
                            ? "one argument."
                            : count.group(2) + " arguments.");
        }
        if (reason.startsWith("Illegal mixing of types in CASE")) {
            return "The values behind THEN and ELSE, and those of COALESCE, are of one kind: texts,"
                    + " numbers or times; write CAST(… AS …) around those of another.";
        }
        if (reason.equals("Illegal use of 'NULL'")) {
            return "NULL by itself has no type here; write CAST(NULL AS INTEGER), or of another type.";
        }
        if (reason.endsWith("clause must be a condition")) {
            return reason.substring(0, reason.indexOf(' '))
                    + " takes a condition, such as a comparison; this is a value of another type than"
                    + " BOOLEAN.";
        }
        return plain(reason);
    }

    /** Without the names that functions and types have in Flink alone. */
    private static String plain(String reason) {
        return reason.replace("KDA_", "")
                .replace(" NOT NULL", "")
                .replace("TIMESTAMP(3)", "TIMESTAMP")
                .replaceAll("\\bINT\\b", "INTEGER");
    }

    /** That there is no such function, and what to write in its place. */
    static String noFunction(String name, List<String> types) {
        String instead = INSTEAD.get(name.toUpperCase(java.util.Locale.ROOT));
        String of = types.isEmpty() ? "" : " of " + String.join(", ", types);
        return "There is no function "
                + name
                + of
                + (instead == null
                        ? "; Kinesis Data Analytics had none, and no CREATE FUNCTION stands before."
                        : "; Kinesis Data Analytics had none. Write " + instead + ".");
    }

    private static String noTypes(String operator, List<String> types) {
        return operator
                + " does not take "
                + (types.isEmpty() ? "these arguments" : joined(types))
                + ", and nothing is converted by itself; write CAST(… AS …) around what has to be of"
                + " another type.";
    }

    private static String joined(List<String> types) {
        int last = types.size() - 1;
        return last == 0
                ? types.get(0)
                : String.join(", ", types.subList(0, last)) + " and " + types.get(last);
    }

    private static List<String> types(String signature) {
        List<String> types = new ArrayList<>();
        Matcher type = TYPE.matcher(signature);
        while (type.find()) {
            // Words of the call's syntax, such as LEADING, are no arguments.
            if (!type.group(1).equals("SYMBOL")) {
                types.add(type(type.group(1)));
            }
        }
        return types;
    }

    /** The dialect's name of a type that the planner names. */
    private static String type(String planner) {
        String plain = planner.replace(" NOT NULL", "");
        if (plain.startsWith("TIMESTAMP")) {
            return "TIMESTAMP";
        }
        if (plain.startsWith("TIME(")) {
            return "TIME";
        }
        return switch (plain) {
            case "FLOAT" -> "REAL";
            case "INT" -> "INTEGER";
            case "CHARACTER", "STRING", "VARCHAR(2147483647)" -> "VARCHAR";
            case "NUMERIC" -> "a number";
            default -> plain.startsWith("INTERVAL") ? "an interval" : plain;
        };
    }
}
