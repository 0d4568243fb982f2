package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

/**
 * The window of time in which an expression of ROWTIME stays the same.
 *
 * @param millis how long it is; 1 where {@code unit} says it
 * @param offset when windows begin, in milliseconds from 1970
 * @param unit a unit of the calendar that has no fixed length; null for none
 */
record TimeWindow(long millis, long offset, String unit) {

    private static final long MONTH = 28L * 86_400_000;

    /** For telling the shorter of two. */
    long length() {
        if (unit == null) {
            return millis;
        }
        return switch (unit) {
            case "MONTH" -> MONTH;
            case "QUARTER" -> 3 * MONTH;
            default -> 12 * MONTH;
        };
    }

    /** The window of an expression; null if it is none that ascends with ROWTIME in steps. */
    static TimeWindow of(SqlNode node, Expressions expressions) {
        if (node instanceof SqlIdentifier) {
            return isRowtime(node, expressions) ? new TimeWindow(1, 0, null) : null;
        }
        if (!(node instanceof SqlCall call) || call.operandCount() == 0) {
            return null;
        }
        if (call.getOperator().getName().equalsIgnoreCase("MONOTONIC")) {
            return of(call.operand(0), expressions);
        }
        if (call.getOperator().equals(KdaOperators.STEP)
                && isRowtime(call.operand(0), expressions)
                && call.operand(1) instanceof SqlIntervalLiteral) {
            long millis = Intervals.millis(call.operand(1));
            if (millis <= 0) {
                throw new Refusal(call.operand(1), "A step is longer than nothing.");
            }
            return new TimeWindow(millis, 0, null);
        }
        if (call.getKind() == SqlKind.FLOOR
                && call.operandCount() == 2
                && call.operand(1) instanceof SqlIntervalQualifier qualifier) {
            return floor(call.operand(0), qualifier.getStartUnit(), expressions);
        }
        return null;
    }

    private static TimeWindow floor(SqlNode floored, TimeUnit unit, Expressions expressions) {
        if (isRowtime(floored, expressions)) {
            long millis = Intervals.millis(unit);
            if (millis > 0) {
                return new TimeWindow(millis, 0, null);
            }
            return unit == TimeUnit.MONTH || unit == TimeUnit.YEAR || unit == TimeUnit.QUARTER
                    ? new TimeWindow(1, 0, unit.name())
                    : null;
        }
        // (ROWTIME - TIMESTAMP '1970-01-01 00:00:00') SECOND / 10: the interval since then, in
        // steps of ten.
        if (floored.getKind() == SqlKind.DIVIDE
                && ((SqlCall) floored).operand(0) instanceof SqlCall minus
                && minus.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                && isRowtime(minus.operand(0), expressions)
                && origin(minus.operand(1)) != null) {
            long millis = Intervals.millis(unit) * Intervals.count(((SqlCall) floored).operand(1));
            if (millis > 0) {
                long began = origin(minus.operand(1)).getMillisSinceEpoch();
                return new TimeWindow(millis, Math.floorMod(began, millis), null);
            }
        }
        return null;
    }

    private static TimestampString origin(SqlNode node) {
        SqlNode literal = node;
        if (literal instanceof SqlUnknownLiteral unknown && unknown.tag.equals("TIMESTAMP")) {
            literal = unknown.resolve(SqlTypeName.TIMESTAMP);
        }
        return literal instanceof SqlTimestampLiteral timestamp
                ? timestamp.getValueAs(TimestampString.class)
                : null;
    }

    private static boolean isRowtime(SqlNode node, Expressions expressions) {
        return node instanceof SqlIdentifier && expressions.sql(node).equals("`ROWTIME`");
    }
}
