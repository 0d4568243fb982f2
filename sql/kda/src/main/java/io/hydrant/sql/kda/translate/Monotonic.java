package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

import java.util.Locale;

/**
 * Tells expressions that never change direction while rows come.
 *
 * <p>Source: SQL reference, "Monotonic Expressions and Operators", rules for deducing monotonicity,
 * and "Monotonic Function", by which a query asserts it.
 */
final class Monotonic {

    private Monotonic() {}

    static boolean is(SqlNode node, Expressions expressions) {
        if (TimeWindow.isRowtime(node, expressions) || isAsserted(node, expressions)) {
            return true;
        }
        if (!(node instanceof SqlCall call) || call.operandCount() == 0) {
            return false;
        }
        return switch (call.getKind()) {
            case FLOOR, CEIL, CAST, PLUS_PREFIX, MINUS_PREFIX -> is(call.operand(0), expressions);
            case PLUS, MINUS, TIMES ->
                    (isConstant(call.operand(1)) && is(call.operand(0), expressions))
                            || (isConstant(call.operand(0)) && is(call.operand(1), expressions));
            case DIVIDE -> isConstant(call.operand(1)) && is(call.operand(0), expressions);
            default -> isStep(call) && is(call.operand(0), expressions);
        };
    }

    /** Whether a query says so: of the expression, or of the column of a query in FROM. */
    static boolean isAsserted(SqlNode node, Expressions expressions) {
        return expressions.isAsserted(node)
                || (node instanceof SqlCall call
                        && call.operandCount() > 0
                        && call.getOperator().getName().equalsIgnoreCase("MONOTONIC"));
    }

    private static boolean isStep(SqlCall call) {
        if (call.getOperator().equals(KdaOperators.STEP)) {
            return isConstant(call.operand(1));
        }
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return name.equals("UNIX_TIMESTAMP") || name.equals("TO_TIMESTAMP");
    }

    private static boolean isConstant(SqlNode node) {
        return node instanceof SqlLiteral
                || (node.getKind() == SqlKind.MINUS_PREFIX
                        && isConstant(((SqlCall) node).operand(0)));
    }
}
