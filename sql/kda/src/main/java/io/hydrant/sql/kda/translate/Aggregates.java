package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.util.SqlBasicVisitor;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells functions over many rows from those over one. */
final class Aggregates {

    private static final Set<String> NAMES =
            Set.of(
                    "COUNT",
                    "SUM",
                    "AVG",
                    "MIN",
                    "MAX",
                    "STDDEV",
                    "STDDEV_POP",
                    "STDDEV_SAMP",
                    "VARIANCE",
                    "VAR_POP",
                    "VAR_SAMP",
                    "FIRST_VALUE",
                    "LAST_VALUE",
                    "NTH_VALUE",
                    "LAG",
                    "ANY",
                    "SOME",
                    "EVERY",
                    "EXP_AVG",
                    "APPROX_COUNT_DISTINCT");

    /** Aggregates of other dialects that Flink's or Calcite's grammar would take. */
    private static final Set<String> FOREIGN =
            Set.of(
                    "ARRAY_AGG",
                    "COLLECT",
                    "GROUP_CONCAT",
                    "JSON_ARRAYAGG",
                    "JSON_OBJECTAGG",
                    "LISTAGG",
                    "MEDIAN",
                    "PERCENTILE_CONT",
                    "PERCENTILE_DISC",
                    "STRING_AGG");

    private Aggregates() {}

    /** Whether a function is an aggregate that the dialect has not. */
    static boolean isForeign(String function) {
        return FOREIGN.contains(function);
    }

    /** The dialect's, for people. */
    static String names() {
        return String.join(", ", new TreeSet<>(NAMES));
    }

    static boolean isAggregate(SqlNode node) {
        return node instanceof SqlCall call
                && !call.isA(SqlKind.QUERY)
                && NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    static boolean isOver(SqlNode node) {
        return node.getKind() == SqlKind.OVER;
    }

    static boolean isDistinct(SqlCall call) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    /**
     * Whether a function over the rows of a group is somewhere inside, or with {@code over} one
     * over a window.
     */
    static boolean inside(SqlNode node, boolean over) {
        AtomicBoolean found = new AtomicBoolean();
        node.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (isOver(call)) {
                            if (over) {
                                found.set(true);
                            }
                            return null;
                        }
                        if (call.isA(SqlKind.QUERY)) {
                            return null;
                        }
                        if (!over && isAggregate(call)) {
                            found.set(true);
                            return null;
                        }
                        return super.visit(call);
                    }
                });
        return found.get();
    }

    /** The function of a call that may have IGNORE NULLS behind it. */
    static SqlCall function(SqlNode call) {
        return call.getKind() == SqlKind.IGNORE_NULLS || call.getKind() == SqlKind.RESPECT_NULLS
                ? ((SqlBasicCall) call).operand(0)
                : (SqlCall) call;
    }
}
