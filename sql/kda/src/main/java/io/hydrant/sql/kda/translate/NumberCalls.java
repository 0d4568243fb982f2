package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * Functions of numbers that not all numbers have. Flink gives NaN or Infinity for the others.
 *
 * <p>Source: SQL reference, "LN" and "LOG10": "if the argument is negative or 0, an exception is
 * raised"; "POWER": so it is for a base of 0 with a negative exponent, and for a negative base with
 * one that is not whole.
 */
final class NumberCalls {

    /** What is true of a number that each function takes. */
    private static final Map<String, String> TAKES =
            Map.of("LN", " > 0", "LOG10", " > 0", "SQRT", " >= 0");

    private static final String LARGEST = "1.7976931348623157E308";

    private final Expressions expressions;

    NumberCalls(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The call in Flink's SQL; null if it is none of these. */
    SqlNode rewrite(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (name.equals("POWER") && call.operandCount() == 2) {
            return power(call);
        }
        if (name.equals("EXP") && call.operandCount() == 1) {
            return finite("EXP(" + expressions.sql(call.operand(0)) + ")", name, call);
        }
        String takes = TAKES.get(name);
        if (takes == null
                || call.operandCount() != 1
                || !(call.getOperator() instanceof SqlFunction)) {
            return null;
        }
        SqlParserPos position = call.getParserPosition();
        String number = "(" + expressions.sql(call.operand(0)) + ")";
        expressions.hazard(
                new Hazard(
                        "NOT (" + number + takes + ")",
                        "EVALUATION_ERROR:" + name + " of a number that is not" + takes));
        return new Raw(
                name + "(CASE WHEN " + number + takes + " THEN " + number + " END)", position);
    }

    private SqlNode power(SqlCall call) {
        String base = "(" + expressions.sql(call.operand(0)) + ")";
        String exponent = "(" + expressions.sql(call.operand(1)) + ")";
        // A whole number that stands in the query and is not negative suits every base.
        String none =
                call.operand(1) instanceof SqlNumericLiteral literal
                                && literal.isInteger()
                                && literal.getValueAs(BigDecimal.class).signum() >= 0
                        ? null
                        : base
                                + " = 0 AND "
                                + exponent
                                + " < 0 OR "
                                + base
                                + " < 0 AND "
                                + exponent
                                + " <> FLOOR("
                                + exponent
                                + ")";
        if (none != null) {
            expressions.hazard(
                    new Hazard(
                            none,
                            "EVALUATION_ERROR:POWER of 0 to a negative exponent, or of a negative"
                                    + " number to one that is not whole"));
            base = "CASE WHEN NOT (" + none + ") THEN " + base + " END";
        }
        return finite("POWER(" + base + ", " + exponent + ")", "POWER", call);
    }

    /** A result that no DOUBLE is large enough for; Flink makes it Infinity. */
    private SqlNode finite(String result, String name, SqlCall call) {
        return expressions.failing(
                "ABS(" + result + ") > " + LARGEST,
                Hazard.OVERFLOW + "The result of " + name + " is beyond the range of DOUBLE",
                new Raw(result, call.getParserPosition()));
    }
}
