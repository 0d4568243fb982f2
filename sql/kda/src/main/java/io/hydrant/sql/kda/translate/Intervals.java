package io.hydrant.sql.kda.translate;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

import java.math.BigDecimal;

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

    /** An interval of Flink SQL. */
    static String flink(long millis) {
        if (millis % 1000 != 0) {
            return "INTERVAL '"
                    + BigDecimal.valueOf(millis, 3).toPlainString()
                    + "' SECOND("
                    + digits(millis / 1000)
                    + ", 3)";
        }
        long days = millis / 86_400_000;
        if (days > 0 && millis % 86_400_000 == 0) {
            return "INTERVAL '" + days + "' DAY(" + digits(days) + ")";
        }
        return "INTERVAL '" + millis / 1000 + "' SECOND(" + digits(millis / 1000) + ")";
    }

    private static int digits(long number) {
        return Math.max(1, String.valueOf(number).length());
    }
}
