package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * The window of time in which an expression of ROWTIME stays the same.
 *
 * @param millis how long it is; 1 where {@code unit} says it
 * @param offset when windows begin, in milliseconds from 1970
 * @param unit a unit of the calendar that has no fixed length; null for none
 * @param up whether the expression is the window's end, which belongs to it
 */
public record TimeWindow(long millis, long offset, String unit, boolean up)
        implements Serializable {

    TimeWindow(long millis, long offset, String unit) {
        this(millis, offset, unit, false);
    }

    /** CURRENT_ROW_TIMESTAMP and its kin. */
    private static final String CLOCK = "(CAST(`ROWTIME` AS TIMESTAMP(3)))";

    /** So that a number is a long, whatever its digits are. */
    private static final int MAX_DIGITS = 18;

    private static final long DAY = 86_400_000;
    private static final long MONTH = 28 * DAY;

    /** When the window that holds a time begins, in milliseconds from 1970. */
    public long start(long time) {
        if (unit == null) {
            return time - Math.floorMod(time - offset, millis);
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time, DAY));
        LocalDate first =
                switch (unit) {
                    case "MONTH" -> day.withDayOfMonth(1);
                    case "QUARTER" ->
                            day.with(day.getMonth().firstMonthOfQuarter()).withDayOfMonth(1);
                    default -> day.withDayOfYear(1);
                };
        return first.toEpochDay() * DAY;
    }

    /** The last millisecond of the window that holds ROWTIME, in Flink's SQL: a plain timestamp. */
    String last() {
        if (unit != null) {
            return "CAST(CAST(FLOOR(`ROWTIME` TO "
                    + unit
                    + ") AS TIMESTAMP(3)) + INTERVAL '1' "
                    + unit
                    + " - INTERVAL '0.001' SECOND AS TIMESTAMP(3))";
        }
        String time = "KDA_UNIX_TIMESTAMP(CAST(`ROWTIME` AS TIMESTAMP(3)))";
        String passed = "MOD(" + time + " - " + offset + ", " + millis + ")";
        return "KDA_TO_TIMESTAMP("
                + time
                + " - MOD("
                + passed
                + " + "
                + millis
                + ", "
                + millis
                + ") + "
                + (millis - 1)
                + ")";
    }

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
        if (isRowtime(node, expressions)) {
            return new TimeWindow(1, 0, null);
        }
        if (node instanceof SqlIdentifier) {
            return expressions.window(node);
        }
        if (!(node instanceof SqlCall call) || call.operandCount() == 0) {
            return null;
        }
        if (call.getOperator().getName().equalsIgnoreCase("MONOTONIC")) {
            return of(call.operand(0), expressions);
        }
        if (call.getOperator().equals(KdaOperators.STEP)
                && shift(call.operand(0), expressions) != null
                && call.operand(1) instanceof SqlIntervalLiteral) {
            long millis = Intervals.millis(call.operand(1));
            if (millis <= 0) {
                throw new Refusal(call.operand(1), "A step is longer than nothing.");
            }
            return shifted(millis, shift(call.operand(0), expressions));
        }
        if ((call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL)
                && call.operandCount() == 2
                && call.operand(1) instanceof SqlIntervalQualifier qualifier) {
            TimeWindow floor = floor(call.operand(0), qualifier.getStartUnit(), expressions);
            return call.getKind() == SqlKind.FLOOR ? floor : ceiling(floor);
        }
        if (call.getKind() == SqlKind.CAST
                && call.operand(1) instanceof SqlDataTypeSpec type
                && type.getTypeName().getSimple().equalsIgnoreCase("DATE")) {
            return floor(call.operand(0), TimeUnit.DAY, expressions);
        }
        Count count = count(call, expressions);
        if (count == null && call.getOperator().equals(KdaOperators.STEP)) {
            count = divided(count(call.operand(0), expressions), whole(call.operand(1)));
        }
        if (count != null) {
            return shifted(count.millis(), count.shift());
        }
        SqlNode same = changingWith(call);
        return same == null ? null : of(same, expressions);
    }

    /**
     * The number of whole steps of {@code millis} since 1970, for a time that is {@code shift}
     * later than ROWTIME.
     */
    private record Count(long millis, long shift) {}

    /**
     * What a number of milliseconds since 1970 counts, divided by whole numbers, which drops the
     * rest: steps of as many milliseconds. Null for other expressions. Speaks of times since 1970;
     * before, a rest is dropped towards the other side.
     */
    private static Count count(SqlNode node, Expressions expressions) {
        if (!(node instanceof SqlCall call)) {
            return null;
        }
        if (isNamed(call, "UNIX_TIMESTAMP") && call.operandCount() == 1) {
            Long shift = shift(call.operand(0), expressions);
            return shift == null ? null : new Count(1, shift);
        }
        if (call.operandCount() != 2) {
            return null;
        }
        Long number = whole(call.operand(1));
        Count count = number == null ? null : count(call.operand(0), expressions);
        if (count == null) {
            return null;
        }
        return switch (call.getKind()) {
            case DIVIDE -> divided(count, number);
            case PLUS -> later(count, number);
            case MINUS -> later(count, -number);
            default -> null;
        };
    }

    private static Count divided(Count count, Long number) {
        if (count == null || number == null || number <= 0) {
            return null;
        }
        return Math.multiplyHigh(count.millis(), number) == 0 && count.millis() * number > 0
                ? new Count(count.millis() * number, count.shift())
                : null;
    }

    private static Count later(Count count, long steps) {
        return Math.abs(steps) <= Long.MAX_VALUE / 2 / count.millis()
                        && Math.abs(count.shift()) <= Long.MAX_VALUE / 2
                ? new Count(count.millis(), count.shift() + steps * count.millis())
                : null;
    }

    /** A whole number that stands as a literal; null for another node. */
    private static Long whole(SqlNode node) {
        return node instanceof SqlNumericLiteral number
                        && number.isInteger()
                        && number.bigDecimalValue().precision() <= MAX_DIGITS
                ? Long.valueOf(number.bigDecimalValue().longValueExact())
                : null;
    }

    private static boolean isNamed(SqlCall call, String name) {
        return call.getOperator().getName().equalsIgnoreCase(name);
    }

    /** The part of an expression with which alone it changes, each time; null for none. */
    private static SqlNode changingWith(SqlCall call) {
        if (call.operandCount() == 1
                && (isNamed(call, "UNIX_TIMESTAMP") || isNamed(call, "TO_TIMESTAMP"))) {
            return call.operand(0);
        }
        if (call.operandCount() != 2) {
            return null;
        }
        Long number = whole(call.operand(1));
        boolean isScaled = call.getKind() == SqlKind.TIMES && number != null && number != 0;
        boolean isMoved =
                (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
                        && number != null;
        return isScaled || isMoved ? call.operand(0) : moved(call);
    }

    /** What a length of time is added to or taken from, which changes when it does. */
    private static SqlNode moved(SqlCall call) {
        if (call.operandCount() != 2
                || (call.getKind() != SqlKind.PLUS && call.getKind() != SqlKind.MINUS)) {
            return null;
        }
        boolean turned =
                call.getKind() == SqlKind.PLUS && call.operand(0) instanceof SqlIntervalLiteral;
        return call.operand(turned ? 0 : 1) instanceof SqlIntervalLiteral
                ? call.operand(turned ? 1 : 0)
                : null;
    }

    /** A time that is rounded up stays the same until the round one has passed. */
    private static TimeWindow ceiling(TimeWindow floor) {
        return floor == null || floor.unit() != null
                ? null
                : new TimeWindow(
                        floor.millis(),
                        Math.floorMod(floor.offset() + 1, floor.millis()),
                        null,
                        true);
    }

    /**
     * The same window for rows that groups gave: the end of the window, which is their ROWTIME,
     * belongs to it. Null for a window of no fixed length.
     */
    TimeWindow ofEnds() {
        return up ? this : ceiling(this);
    }

    private static TimeWindow shifted(long millis, long shift) {
        return new TimeWindow(millis, Math.floorMod(-shift, millis), null);
    }

    private static TimeWindow floor(SqlNode floored, TimeUnit unit, Expressions expressions) {
        Long shift = shift(floored, expressions);
        if (shift != null) {
            long millis = Intervals.millis(unit);
            if (millis > 0) {
                return shifted(millis, shift);
            }
            boolean calendar =
                    unit == TimeUnit.MONTH || unit == TimeUnit.YEAR || unit == TimeUnit.QUARTER;
            return calendar && shift == 0 ? new TimeWindow(1, 0, unit.name()) : null;
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

    /** How much later than ROWTIME an expression always is; null if there is no such length. */
    private static Long shift(SqlNode node, Expressions expressions) {
        if (isRowtime(node, expressions)) {
            return 0L;
        }
        if (!(node instanceof SqlCall call) || call.operandCount() != 2) {
            return null;
        }
        boolean plus = call.getKind() == SqlKind.PLUS;
        boolean turned = plus && call.operand(0) instanceof SqlIntervalLiteral;
        SqlNode interval = call.operand(turned ? 0 : 1);
        if ((!plus && call.getKind() != SqlKind.MINUS)
                || !(interval instanceof SqlIntervalLiteral)) {
            return null;
        }
        Long inner = shift(call.operand(turned ? 1 : 0), expressions);
        if (inner == null) {
            return null;
        }
        long millis = Intervals.millis(interval);
        return inner + (plus ? millis : -millis);
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

    /** The clock is ROWTIME, under any of its names. */
    static boolean isRowtime(SqlNode node, Expressions expressions) {
        if (node instanceof SqlIdentifier) {
            String sql = expressions.sql(node);
            return sql.equals("`ROWTIME`") || sql.equals(CLOCK);
        }
        return node instanceof SqlCall call
                && call.operandCount() == 0
                && expressions.sql(node).equals(CLOCK);
    }
}
