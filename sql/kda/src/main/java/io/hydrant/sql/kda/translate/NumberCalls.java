package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.Locale;
import java.util.Map;

/**
 * Functions of numbers that not all numbers have. Flink gives NaN for the others.
 *
 * <p>Source: SQL reference, "LN" and "LOG10": "if the argument is negative or 0, an exception is
 * raised".
 */
final class NumberCalls {

    /** What is true of a number that each function takes. */
    private static final Map<String, String> TAKES =
            Map.of("LN", " > 0", "LOG10", " > 0", "SQRT", " >= 0");

    private final Expressions expressions;

    NumberCalls(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The call in Flink's SQL; null if it is none of these. */
    SqlNode rewrite(SqlCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
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
}
