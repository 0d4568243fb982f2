package io.hydrant.sql.kda.translate;

import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

import java.math.BigInteger;
import java.util.Map;

/**
 * How a value becomes one of another type, and when it cannot.
 *
 * <p>Source: SQL reference, "CAST". Where the two differ from Flink: a number with digits behind
 * the point is rounded when it becomes an integer, and one that does not fit is an error.
 */
public final class Casts {

    private static final Map<LogicalTypeRoot, String> LIMITS =
            Map.of(
                    LogicalTypeRoot.TINYINT, "127",
                    LogicalTypeRoot.SMALLINT, "32767",
                    LogicalTypeRoot.INTEGER, "2147483647",
                    LogicalTypeRoot.BIGINT, "9223372036854775807");

    /**
     * What EXTRACT(SECOND FROM …) gives; as an integer it is the clock's second, not the nearer.
     */
    private static final LogicalType SECONDS = new DecimalType(5, 3);

    /** The least double that is infinite as a REAL. */
    private static final String BEYOND_REAL = "3.4028235677973366E38";

    /** A literal's form: Flink would take NaN, Infinity and 1.5f as well. */
    private static final String NUMBER = "'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$'";

    /** All six fields must be there; Flink takes a date for midnight. */
    private static final String TIMESTAMP =
            "'^[0-9]+-[0-9]+-[0-9]+ +[0-9]+:[0-9]+:[0-9]+([.][0-9]+)?$'";

    /** Of 2008-08-23. */
    private static final int DATE_LENGTH = 10;

    private Casts() {}

    /**
     * A cast.
     *
     * @param sql the value; NULL where it fails
     * @param failing is true where it fails; null where it never does
     * @param error name and message of the error
     */
    public record Cast(String sql, String failing, String error) {}

    /** Whether there is a cast at all: what the reference's table of valid conversions has. */
    static boolean possible(LogicalType from, LogicalType to) {
        boolean toText = to.is(LogicalTypeFamily.CHARACTER_STRING);
        if (from.getTypeRoot() == to.getTypeRoot()
                || from.is(LogicalTypeRoot.NULL)
                || from.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return true;
        }
        if (from.is(LogicalTypeFamily.NUMERIC)) {
            return to.is(LogicalTypeFamily.NUMERIC) || toText;
        }
        return switch (from.getTypeRoot()) {
            case BOOLEAN -> toText;
            case DATE, TIME_WITHOUT_TIME_ZONE ->
                    toText || to.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    toText || to.is(LogicalTypeFamily.DATETIME);
            case INTERVAL_DAY_TIME -> !to.is(LogicalTypeFamily.NUMERIC);
            // What is none of the dialect's types is the planner's to judge.
            default -> true;
        };
    }

    /** Why there is no such cast, and what to write in its place. */
    static String impossible(LogicalType from, LogicalType to) {
        String way = "";
        if (from.is(LogicalTypeFamily.NUMERIC) && to.is(LogicalTypeFamily.DATETIME)) {
            way = "; TO_TIMESTAMP(…) makes a time of milliseconds since 1970";
        } else if (from.is(LogicalTypeFamily.DATETIME) && to.is(LogicalTypeFamily.NUMERIC)) {
            way = "; UNIX_TIMESTAMP(…) gives the milliseconds since 1970, EXTRACT(… FROM …) a part";
        } else if (from.is(LogicalTypeRoot.INTERVAL_DAY_TIME)) {
            way = "; write CAST((one - other) SECOND AS INTEGER), in the unit that is wanted";
        } else if (to.is(LogicalTypeRoot.BOOLEAN)) {
            way = "; write a comparison, such as value <> 0";
        } else if (from.is(LogicalTypeRoot.BOOLEAN)) {
            way = "; write CASE WHEN value THEN 1 ELSE 0 END";
        }
        return "Kinesis Data Analytics converts no "
                + Types.words(from)
                + " to "
                + Types.words(to)
                + way
                + ".";
    }

    /** The cast of an expression from a type to another. */
    public static Cast cast(String value, LogicalType from, LogicalType to) {
        String target = to.copy(true).asSerializableString();
        if (from.copy(true).equals(to.copy(true))) {
            return new Cast(value, null, null);
        }
        if (from.is(LogicalTypeRoot.NULL)) {
            return new Cast("CAST(NULL AS " + target + ")", null, null);
        }
        String error =
                Hazard.COERCION
                        + "A value of type "
                        + Types.words(from)
                        + " cannot be converted to "
                        + Types.words(to);
        boolean integer = to.is(LogicalTypeFamily.INTEGER_NUMERIC);
        if (integer && from.is(LogicalTypeFamily.NUMERIC)) {
            if (from.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
                return narrowed(value, from, to, error);
            }
            String rounded =
                    from.copy(true).equals(SECONDS)
                            ? "FLOOR(" + value + ")"
                            : "ROUND(" + value + ", 0)";
            String fits = fits(rounded, from, to);
            return new Cast(
                    "CASE WHEN " + fits + " THEN CAST(" + rounded + " AS " + target + ") END",
                    "NOT (" + fits + ")",
                    error);
        }
        if (to.is(LogicalTypeRoot.FLOAT) && from.is(LogicalTypeRoot.DOUBLE)) {
            String fits = "ABS(" + value + ") < " + BEYOND_REAL;
            String cast = "CAST(" + value + " AS " + target + ")";
            return new Cast(
                    "CASE WHEN " + fits + " THEN " + cast + " END", "NOT (" + fits + ")", error);
        }
        if (to.is(LogicalTypeFamily.CHARACTER_STRING)) {
            Cast ofTime = ofTime(value, from, to, error);
            if (ofTime != null) {
                return ofTime;
            }
            if (from.is(LogicalTypeFamily.NUMERIC) || from.is(LogicalTypeRoot.BOOLEAN)) {
                return whole(value, from, to, error);
            }
        }
        boolean text = from.is(LogicalTypeFamily.CHARACTER_STRING);
        if (text && integer) {
            // A text is rounded as its number is.
            String number = "ROUND(TRY_CAST(TRIM(" + value + ") AS DECIMAL(38, 10)), 0)";
            String cast =
                    "CASE WHEN "
                            + fits(number, from, to)
                            + " THEN CAST("
                            + number
                            + " AS "
                            + target
                            + ") END";
            return new Cast(cast, "(" + value + ") IS NOT NULL AND " + cast + " IS NULL", error);
        }
        if (text && to.is(LogicalTypeRoot.BOOLEAN)) {
            String word = "UPPER(TRIM(" + value + "))";
            return new Cast(
                    "CASE " + word + " WHEN 'TRUE' THEN TRUE WHEN 'FALSE' THEN FALSE END",
                    "(" + value + ") IS NOT NULL AND " + word + " NOT IN ('TRUE', 'FALSE')",
                    error);
        }
        if ((text && !to.is(LogicalTypeFamily.CHARACTER_STRING))
                || (to.is(LogicalTypeRoot.DECIMAL) && from.is(LogicalTypeFamily.NUMERIC))) {
            String source = text ? "TRIM(" + value + ")" : value;
            String tried = "TRY_CAST(" + source + " AS " + target + ")";
            if (text && to.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
                tried =
                        "CASE WHEN REGEXP("
                                + source
                                + ", "
                                + TIMESTAMP
                                + ") AND "
                                + sameDay(source, tried)
                                + " THEN "
                                + tried
                                + " END";
            } else if (text && to.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
                tried = "CASE WHEN REGEXP(" + source + ", " + NUMBER + ") THEN " + tried + " END";
            } else if (text && to.is(LogicalTypeRoot.DATE)) {
                tried = "CASE WHEN " + sameDay(source, tried) + " THEN " + tried + " END";
            }
            return new Cast(tried, "(" + value + ") IS NOT NULL AND " + tried + " IS NULL", error);
        }
        return new Cast("CAST(" + value + " AS " + target + ")", null, null);
    }

    /** Flink makes the last day of February of its thirtieth. */
    private static String sameDay(String text, String date) {
        return "EXTRACT(DAY FROM "
                + date
                + ") = TRY_CAST(REGEXP_EXTRACT("
                + text
                + ", '^[0-9]+-[0-9]+-([0-9]+)', 1) AS BIGINT)";
    }

    /** What is true of a number that an integer type holds; no double is the largest BIGINT. */
    private static String fits(String number, LogicalType from, LogicalType to) {
        BigInteger limit = new BigInteger(LIMITS.get(to.getTypeRoot()));
        if (from.is(LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
            String end = limit.add(BigInteger.ONE) + "E0";
            return number + " >= -" + end + " AND " + number + " < " + end;
        }
        return number + " BETWEEN -" + limit + " - 1 AND " + limit;
    }

    /** A number or a truth value as text, which without its end would be another. */
    private static Cast whole(String value, LogicalType from, LogicalType to, String error) {
        String cast = "CAST(" + value + " AS " + to.copy(true).asSerializableString() + ")";
        int length = LogicalTypeChecks.getLength(to);
        if (longest(from) <= length) {
            return new Cast(cast, null, null);
        }
        String fits = "CHAR_LENGTH(CAST(" + value + " AS STRING)) <= " + length;
        return new Cast(
                "CASE WHEN " + fits + " THEN " + cast + " END", "NOT (" + fits + ")", error);
    }

    /** How many characters a value of a type has at most, with sign and point. */
    private static int longest(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> "FALSE".length();
            case TINYINT -> "-128".length();
            case SMALLINT -> "-32768".length();
            case INTEGER -> "-2147483648".length();
            case BIGINT -> "-9223372036854775808".length();
            case DECIMAL -> LogicalTypeChecks.getPrecision(type) + "-0.".length();
            case FLOAT -> "-1.17549435E-38".length();
            default -> "-2.2250738585072014E-308".length();
        };
    }

    /** A date or a time as text; null for other types. A date that does not fit is an error. */
    private static Cast ofTime(String value, LogicalType from, LogicalType to, String error) {
        String target = to.copy(true).asSerializableString();
        if (from.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)) {
            // Flink writes the fraction of a whole second, too.
            String text = "REGEXP_REPLACE(CAST(" + value + " AS STRING), '\\.0*$', '')";
            return new Cast("CAST(" + text + " AS " + target + ")", null, null);
        }
        if (from.is(LogicalTypeRoot.DATE) && LogicalTypeChecks.getLength(to) < DATE_LENGTH) {
            return new Cast("CAST(NULL AS " + target + ")", "(" + value + ") IS NOT NULL", error);
        }
        return null;
    }

    private static Cast narrowed(String value, LogicalType from, LogicalType to, String error) {
        String target = to.copy(true).asSerializableString();
        String cast = "CAST(" + value + " AS " + target + ")";
        if (order(from) <= order(to)) {
            return new Cast(cast, null, null);
        }
        String fits = fits(value, from, to);
        return new Cast(
                "CASE WHEN " + fits + " THEN " + cast + " END", "NOT (" + fits + ")", error);
    }

    private static int order(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INTEGER -> 3;
            default -> 4;
        };
    }
}
