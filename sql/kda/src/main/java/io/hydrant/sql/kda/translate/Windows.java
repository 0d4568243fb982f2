package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;

import java.util.Arrays;

/**
 * The windows that a SELECT names, and what their text means.
 *
 * <p>Source: SQL reference, "WINDOW Clause (Sliding Windows)" and "Allowed and Disallowed Window
 * Specifications": a window ends with the current row.
 */
final class Windows {

    private final SqlNodeList declared;

    Windows(SqlNodeList declared) {
        this.declared = declared;
    }

    /** The window that a name or a specification means. */
    SqlWindow window(SqlNode node) {
        if (node instanceof SqlWindow window) {
            SqlIdentifier based = window.getRefName();
            if (based == null) {
                return window;
            }
            SqlWindow base = window(based);
            return SqlWindow.create(
                    null,
                    null,
                    window.getPartitionList().isEmpty()
                            ? base.getPartitionList()
                            : window.getPartitionList(),
                    window.getOrderList(),
                    window.getLowerBound() == null
                            ? org.apache.calcite.sql.SqlLiteral.createBoolean(
                                    base.isRows(), base.getParserPosition())
                            : org.apache.calcite.sql.SqlLiteral.createBoolean(
                                    window.isRows(), window.getParserPosition()),
                    window.getLowerBound() == null ? base.getLowerBound() : window.getLowerBound(),
                    window.getLowerBound() == null ? base.getUpperBound() : window.getUpperBound(),
                    null,
                    SqlWindow.createExcludeNoOthers(window.getParserPosition()),
                    window.getParserPosition());
        }
        String name = ((SqlIdentifier) node).getSimple();
        for (SqlNode candidate : declared == null ? SqlNodeList.EMPTY : declared) {
            SqlWindow window = (SqlWindow) candidate;
            if (window.getDeclName() != null
                    && window.getDeclName().getSimple().equalsIgnoreCase(name)) {
                return window(window);
            }
        }
        throw new Refusal(
                node,
                "There is no window " + name + "; name it in a clause WINDOW " + name + " AS (…).");
    }

    /** The rows that a window reaches back to. */
    static Frame frame(SqlWindow window) {
        SqlNode upper = window.getUpperBound();
        if (upper != null && !SqlWindow.isCurrentRow(upper) && !isZero(upper)) {
            throw new Refusal(upper, "A window ends with the current row; write CURRENT ROW.");
        }
        SqlNode lower = window.getLowerBound();
        if (lower == null || SqlWindow.isUnboundedPreceding(lower)) {
            return Frame.UNBOUNDED;
        }
        if (SqlWindow.isCurrentRow(lower)) {
            return window.isRows() ? new Frame(-1, 0) : new Frame(0, -1);
        }
        if (lower.getKind() != SqlKind.PRECEDING) {
            throw new Refusal(lower, "A window begins before the current row; write PRECEDING.");
        }
        SqlNode reach = ((SqlCall) lower).operand(0);
        if (window.isRows()) {
            long rows = Intervals.count(reach);
            if (rows < 0) {
                throw new Refusal(reach, "A window cannot have a negative size.");
            }
            return new Frame(-1, rows);
        }
        long millis = Intervals.millis(reach);
        if (millis < 0) {
            throw new Refusal(reach, "A window cannot have a negative size.");
        }
        return new Frame(millis, -1);
    }

    /** How far the window of a join reaches back and ahead, in milliseconds. */
    static long[] reach(SqlWindow window) {
        if (window.getLowerBound() == null && window.getUpperBound() == null) {
            throw new Refusal(
                    window, "The window of a join has an end; write RANGE INTERVAL … PRECEDING.");
        }
        long[] reach = new long[2];
        for (SqlNode bound : Arrays.asList(window.getLowerBound(), window.getUpperBound())) {
            if (bound == null) {
                continue;
            }
            if (SqlWindow.isCurrentRow(bound)) {
                continue;
            }
            if (SqlWindow.isUnboundedPreceding(bound) || SqlWindow.isUnboundedFollowing(bound)) {
                throw new Refusal(bound, "The window of a join has an end; write an interval.");
            }
            long millis = Intervals.millis(((SqlCall) bound).operand(0));
            int side = bound.getKind() == SqlKind.PRECEDING ? 0 : 1;
            if (millis < 0) {
                throw new Refusal(bound, "A window cannot have a negative size.");
            }
            reach[side] = Math.max(reach[side], millis);
        }
        return reach;
    }

    /** Whether a window counts rows; null is no window. */
    static boolean isRows(SqlWindow window) {
        return window != null && window.isRows() && window.getLowerBound() != null;
    }

    /**
     * The rows that a side of a join over rows keeps: the latest so many, or those of so long; of a
     * side without a window none, so that its rows are paired when they come only.
     */
    static Frame pairing(SqlWindow window) {
        if (window == null) {
            return new Frame(-1, 0);
        }
        Frame frame = frame(window);
        if (frame.equals(Frame.UNBOUNDED)) {
            throw new Refusal(
                    window, "The window of a join has an end; write ROWS … PRECEDING or RANGE.");
        }
        return frame;
    }

    private static boolean isZero(SqlNode bound) {
        return bound.getKind() == SqlKind.PRECEDING
                && ((SqlCall) bound).operand(0)
                        instanceof org.apache.calcite.sql.SqlNumericLiteral number
                && number.bigDecimalValue().signum() == 0;
    }
}
