package io.hydrant.sql.kda.translate;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Lengths of time in a query's text. */
final class Intervals {

    private Intervals() {}

    /** The milliseconds of an interval literal of days and less. */
    static long millis(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            SqlIntervalLiteral.IntervalValue value =
                    literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
            SqlIntervalQualifier qualifier = value.getIntervalQualifier();
            if (!qualifier.isYearMonth()) {
                return SqlParserUtil.intervalToMillis(value.getIntervalLiteral(), qualifier)
                        * value.getSign();
            }
        }
        throw new Refusal(
                node, "An interval such as INTERVAL '1' MINUTE, of days or less, is needed here.");
    }

    /** The milliseconds of a unit of fixed length, or 0. */
    static long millis(TimeUnit unit) {
        return switch (unit) {
            case MILLISECOND, SECOND, MINUTE, HOUR, DAY -> unit.multiplier.longValueExact();
            default -> 0;
        };
    }

    /** A whole number as it stands in the text. */
    static long count(SqlNode node) {
        if (node instanceof SqlLiteral literal
                && literal.getValue() instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0) {
            return number.longValueExact();
        }
        throw new Refusal(node, "A whole number is needed here.");
    }

    /**
     * A literal that Flink does not take as it stands: of more than two digits, which it counts
     * itself, or with another precision, which it has for days alone. Null for others.
     */
    static String flink(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
                literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        String fields = value.getIntervalLiteral();
        int digits = 0;
        while (digits < fields.length() && Character.isDigit(fields.charAt(digits))) {
            digits++;
        }
        if (qualifier.isYearMonth() || (digits <= 2 && !precise(qualifier))) {
            return null;
        }
        if (qualifier.getStartUnit() == TimeUnit.DAY && qualifier.getEndUnit() == null) {
            String sign = value.getSign() < 0 ? "-" : "";
            return "INTERVAL " + sign + "'" + fields + "' DAY(" + digits + ")";
        }
        return flink(millis(literal));
    }

    private static boolean precise(SqlIntervalQualifier qualifier) {
        return qualifier.getStartPrecisionPreservingDefault() >= 0;
    }

    /** An interval of Flink SQL. */
    static String flink(long millis) {
        Duration length = Duration.ofMillis(Math.abs(millis));
        String days = String.valueOf(length.toDays());
        return String.format(
                Locale.ROOT,
                "INTERVAL %s'%s %02d:%02d:%02d.%03d' DAY(%d) TO SECOND(3)",
                millis < 0 ? "-" : "",
                days,
                length.toHoursPart(),
                length.toMinutesPart(),
                length.toSecondsPart(),
                length.toMillisPart(),
                days.length());
    }
}
