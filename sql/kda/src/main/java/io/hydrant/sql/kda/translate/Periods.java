package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

import java.util.Map;

/**
 * Predicates of periods, which Flink has not: {@code (s1, e1) OVERLAPS (s2, e2)}.
 *
 * <p>A period has its first instant and not its last. A predicate behind a predicate compares with
 * the period between the two. Source: SQL reference, "Temporal Predicates"; its pictures say of
 * STRICTLY that periods neither begin nor end together, and of LEADS that the one period begins
 * first and the other does not end before it.
 */
final class Periods {

    /** What is true of a, b, the first period's beginning and end, and of c and d, the second's. */
    private static final Map<SqlOperator, String> MEANING =
            Map.ofEntries(
                    Map.entry(SqlStdOperatorTable.PERIOD_EQUALS, "a = c AND b = d"),
                    Map.entry(SqlStdOperatorTable.CONTAINS, "a <= c AND d <= b"),
                    Map.entry(KdaOperators.STRICTLY_CONTAINS, "a < c AND d < b"),
                    Map.entry(SqlStdOperatorTable.OVERLAPS, "a < d AND c < b"),
                    Map.entry(
                            KdaOperators.STRICTLY_OVERLAPS,
                            "a < d AND c < b AND a <> c AND b <> d"),
                    Map.entry(SqlStdOperatorTable.PRECEDES, "b <= c"),
                    Map.entry(KdaOperators.STRICTLY_PRECEDES, "b < c"),
                    Map.entry(SqlStdOperatorTable.IMMEDIATELY_PRECEDES, "b = c"),
                    Map.entry(SqlStdOperatorTable.SUCCEEDS, "d <= a"),
                    Map.entry(KdaOperators.STRICTLY_SUCCEEDS, "d < a"),
                    Map.entry(SqlStdOperatorTable.IMMEDIATELY_SUCCEEDS, "d = a"),
                    Map.entry(KdaOperators.LEADS, "a < c AND c < b AND b <= d"),
                    Map.entry(KdaOperators.STRICTLY_LEADS, "a < c AND c < b AND b < d"),
                    Map.entry(KdaOperators.IMMEDIATELY_LEADS, "a < c AND b = d"),
                    Map.entry(KdaOperators.LAGS, "c <= a AND a < d AND d < b"),
                    Map.entry(KdaOperators.STRICTLY_LAGS, "c < a AND a < d AND d < b"),
                    Map.entry(KdaOperators.IMMEDIATELY_LAGS, "a = c AND d < b"));

    private final Expressions expressions;

    Periods(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The predicate in Flink's SQL; null if it is none. */
    SqlNode rewrite(SqlCall call) {
        return MEANING.containsKey(call.getOperator())
                ? new Raw("(" + condition(call) + ")", call.getParserPosition())
                : null;
    }

    private String condition(SqlCall call) {
        SqlNode left = call.operand(0);
        String chained = "";
        if (left instanceof SqlCall before && MEANING.containsKey(before.getOperator())) {
            chained = condition(before) + " AND ";
            left = before.operand(1);
        }
        String[] first = period(left);
        SqlNode right = call.operand(1);
        if (isPeriod(right)) {
            return chained + filled(MEANING.get(call.getOperator()), first, period(right));
        }
        String time = "(" + expressions.sql(right) + ")";
        String[] instant = {time, time};
        if (call.getOperator().equals(SqlStdOperatorTable.CONTAINS)) {
            return chained + filled("a <= c AND c < b", first, instant);
        }
        if (call.getOperator().equals(KdaOperators.STRICTLY_CONTAINS)) {
            return chained + filled("a < c AND c < b", first, instant);
        }
        throw new Refusal(
                right,
                call.getOperator().getName()
                        + " compares with a period: (start, end). Only CONTAINS takes a time.");
    }

    private String[] period(SqlNode node) {
        if (isPeriod(node)) {
            SqlCall row = (SqlCall) node;
            return new String[] {
                "(" + expressions.sql(row.operand(0)) + ")",
                "(" + expressions.sql(row.operand(1)) + ")"
            };
        }
        throw new Refusal(node, "A period is its start and its end: (start, end).");
    }

    /** Behind SELECT STREAM the word PERIOD is read as a function's name. */
    private static boolean isPeriod(SqlNode node) {
        return node instanceof SqlCall call
                && call.operandCount() == 2
                && (call.getKind() == SqlKind.ROW || call.getOperator().getName().equals("PERIOD"));
    }

    private static String filled(String meaning, String[] first, String[] second) {
        StringBuilder filled = new StringBuilder();
        for (int at = 0; at < meaning.length(); at++) {
            char letter = meaning.charAt(at);
            filled.append(
                    switch (letter) {
                        case 'a' -> first[0];
                        case 'b' -> first[1];
                        case 'c' -> second[0];
                        case 'd' -> second[1];
                        default -> letter;
                    });
        }
        return filled.toString();
    }
}
