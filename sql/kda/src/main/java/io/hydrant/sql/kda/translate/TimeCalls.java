package io.hydrant.sql.kda.translate;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The clock, parts of times, and arithmetic on intervals that Flink has not.
 *
 * <p>Source: SQL reference, "EXTRACT" and "Date, Timestamp, and Interval". Where Flink computes no
 * interval, its milliseconds are computed instead.
 */
final class TimeCalls {

    private static final int MINUTE = 60_000;

    private final Expressions expressions;

    TimeCalls(Expressions expressions) {
        this.expressions = expressions;
    }

    /** The clock of an application is its rows' time, so that a run is the same each time. */
    SqlNode now(String name, SqlParserPos position) {
        String type =
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "CURRENT_ROW_TIMESTAMP",
                            "CURRENT_TIMESTAMP",
                            "LOCALTIMESTAMP",
                            "LOCALTIME_STAMP" ->
                            "TIMESTAMP(3)";
                    case "CURRENT_DATE" -> "DATE";
                    case "CURRENT_TIME", "LOCALTIME" -> "TIME";
                    default -> null;
                };
        if (type == null) {
            return null;
        }
        String rowtime = expressions.sql(new SqlIdentifier(Column.ROWTIME, position));
        return new Raw("CAST(" + rowtime + " AS " + type + ")", position);
    }

    /** The call in Flink's SQL; null if it is none of these. */
    SqlNode rewrite(SqlCall call) {
        SqlNode now =
                isClock(call) ? now(call.getOperator().getName(), call.getParserPosition()) : null;
        if (now != null) {
            return now;
        }
        return switch (call.getKind()) {
            case EXTRACT -> extract(call);
            case PLUS, MINUS -> moved(call);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    BETWEEN ->
                    compared(call);
            default -> null;
        };
    }

    /** With or without a precision: CURRENT_TIMESTAMP(3). */
    private static boolean isClock(SqlCall call) {
        return call.operandCount() == 0
                || (call.operandCount() == 1
                        && call.operand(0) instanceof SqlLiteral
                        && call.getOperator().getName().length() > "NOW".length());
    }

    private SqlNode extract(SqlCall call) {
        SqlIntervalQualifier qualifier = call.operand(0);
        TimeUnit unit = qualifier.getStartUnit();
        SqlNode from = call.operand(1);
        SqlParserPos position = call.getParserPosition();
        String interval = millis(from);
        if (interval != null) {
            return new Raw(part(unit, interval, call), position);
        }
        if (unit != TimeUnit.SECOND) {
            return null;
        }
        String time = expressions.sql(from);
        LogicalType type = expressions.type(time, position);
        if (type.is(LogicalTypeRoot.DATE)) {
            return null;
        }
        String seconds =
                type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                        ? "MOD(MOD(KDA_UNIX_TIMESTAMP("
                                + time
                                + "), "
                                + MINUTE
                                + ") + "
                                + MINUTE
                                + ", "
                                + MINUTE
                                + ")"
                        : "EXTRACT(SECOND FROM " + time + ") * 1000";
        return new Raw(seconds(seconds), position);
    }

    private static String seconds(String millis) {
        return "CAST(CAST(" + millis + " AS DECIMAL(8, 3)) / 1000 AS DECIMAL(5, 3))";
    }

    private static String part(TimeUnit unit, String millis, SqlCall call) {
        return switch (unit) {
            case DAY -> "(" + millis + ") / 86400000";
            case HOUR -> "MOD((" + millis + ") / 3600000, 24)";
            case MINUTE -> "MOD((" + millis + ") / 60000, 60)";
            case SECOND -> seconds("MOD(" + millis + ", " + MINUTE + ")");
            default -> throw new Refusal(call, "An interval of days has no " + unit + ".");
        };
    }

    /** A time and an interval that has to be computed. */
    private SqlNode moved(SqlCall call) {
        if (call.operandCount() != 2) {
            return null;
        }
        boolean turned = call.getKind() == SqlKind.PLUS && isComputed(call.operand(0));
        SqlNode interval = call.operand(turned ? 0 : 1);
        SqlNode time = call.operand(turned ? 1 : 0);
        if (!isComputed(interval) || millis(time) != null) {
            return null;
        }
        return new Raw(
                "KDA_TO_TIMESTAMP(KDA_UNIX_TIMESTAMP(CAST("
                        + expressions.sql(time)
                        + " AS TIMESTAMP(3))) "
                        + (call.getKind() == SqlKind.PLUS ? "+" : "-")
                        + " CAST("
                        + millis(interval)
                        + " AS BIGINT))",
                call.getParserPosition());
    }

    private SqlNode compared(SqlCall call) {
        List<SqlNode> millis = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            String length = millis(operand);
            if (length == null) {
                return null;
            }
            millis.add(new Raw(length, operand.getParserPosition()));
        }
        return call.getOperator().createCall(call.getParserPosition(), millis);
    }

    private static boolean isComputed(SqlNode node) {
        return !(node instanceof SqlIntervalLiteral) && isInterval(node);
    }

    /** The milliseconds of an interval, in Flink's SQL; null if the node is none. */
    String millis(SqlNode node) {
        if (!isInterval(node)) {
            return null;
        }
        if (node instanceof SqlIntervalLiteral) {
            return String.valueOf(Intervals.millis(node));
        }
        SqlCall call = (SqlCall) node;
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
            return "(" + instant(call.operand(0)) + " - " + instant(call.operand(1)) + ")";
        }
        if (call.operandCount() == 1) {
            String sign = call.getKind() == SqlKind.MINUS_PREFIX ? "-" : "";
            String only = millis(call.operand(0));
            return call.getKind() == SqlKind.OTHER_FUNCTION ? "ABS(" + only + ")" : sign + only;
        }
        String left = millis(call.operand(0));
        String right = millis(call.operand(1));
        return "("
                + (left == null ? expressions.sql(call.operand(0)) : left)
                + " "
                + call.getOperator().getName()
                + " "
                + (right == null ? expressions.sql(call.operand(1)) : right)
                + ")";
    }

    /** An interval as a number counts its unit. Null if the node is none. */
    String counted(SqlNode node) {
        String millis = millis(node);
        if (millis == null) {
            return null;
        }
        TimeUnit unit = unit(node);
        if (Intervals.millis(unit) == 0) {
            throw new Refusal(node, "An interval of " + unit + " has no number.");
        }
        return millis + " / " + Intervals.millis(unit);
    }

    private static TimeUnit unit(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            return literal.getValueAs(SqlIntervalLiteral.IntervalValue.class)
                    .getIntervalQualifier()
                    .getStartUnit();
        }
        SqlCall call = (SqlCall) node;
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
            return ((SqlIntervalQualifier) call.operand(2)).getStartUnit();
        }
        return unit(isInterval(call.operand(0)) ? call.operand(0) : call.operand(1));
    }

    private String instant(SqlNode time) {
        return "KDA_UNIX_TIMESTAMP(CAST(" + expressions.sql(time) + " AS TIMESTAMP(3)))";
    }

    private static boolean isInterval(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            return !literal.getValueAs(SqlIntervalLiteral.IntervalValue.class)
                    .getIntervalQualifier()
                    .isYearMonth();
        }
        if (!(node instanceof SqlCall call)) {
            return false;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
            return !((SqlIntervalQualifier) call.operand(2)).isYearMonth();
        }
        return switch (call.getKind()) {
            case PLUS, MINUS -> isInterval(call.operand(0)) && isInterval(call.operand(1));
            case TIMES -> isInterval(call.operand(0)) || isInterval(call.operand(1));
            case DIVIDE, MINUS_PREFIX, PLUS_PREFIX -> isInterval(call.operand(0));
            case OTHER_FUNCTION ->
                    call.getOperator().getName().equalsIgnoreCase("ABS")
                            && isInterval(call.operand(0));
            default -> false;
        };
    }
}
