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
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
        String type = clock(name);
        if (type == null) {
            return null;
        }
        String rowtime = expressions.sql(new SqlIdentifier(Column.ROWTIME, position));
        return new Raw("CAST(" + rowtime + " AS " + type + ")", position);
    }

    /** Whether a name is one of the clock's. */
    static boolean isClock(String name) {
        return clock(name) != null;
    }

    private static String clock(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "CURRENT_ROW_TIMESTAMP",
                    "CURRENT_TIMESTAMP",
                    "LOCALTIMESTAMP",
                    "LOCALTIME_STAMP" ->
                    "TIMESTAMP(3)";
            case "CURRENT_DATE" -> "DATE";
            case "CURRENT_TIME", "LOCALTIME" -> "TIME(3)";
            default -> null;
        };
    }

    /** A time of the day as one of the day that it is. */
    String today(String time, SqlParserPos position) {
        return "CAST(CAST("
                + FlinkSql.text(now("CURRENT_DATE", position))
                + " AS STRING) || ' ' || CAST("
                + time
                + " AS STRING) AS TIMESTAMP(3))";
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

    /** Two times, or two numbers of milliseconds: the planner says of others only that they are. */
    void checkDifference(SqlCall call) {
        List<LogicalType> types = call.getOperandList().stream().map(expressions::typeOf).toList();
        boolean times = types.stream().allMatch(type -> type.is(LogicalTypeFamily.TIMESTAMP));
        boolean numbers =
                types.stream()
                        .allMatch(
                                type ->
                                        type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                                                || type.is(LogicalTypeRoot.NULL));
        if (types.size() != 2 || !(times || numbers)) {
            throw new Refusal(
                    call,
                    "TSDIFF takes two TIMESTAMPs, or two BIGINTs of milliseconds since 1970, not "
                            + types.stream().map(Types::words).collect(Collectors.joining(" and "))
                            + "; write CAST(… AS TIMESTAMP) around a DATE.");
        }
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
        SqlNode ofDate = movedDate(call);
        if (ofDate != null) {
            return ofDate;
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

    /** A date and hours are a time of that day; Flink makes it a date again, without the hours. */
    private SqlNode movedDate(SqlCall call) {
        int at = call.operand(1) instanceof SqlIntervalLiteral ? 1 : 0;
        if (!(call.operand(at) instanceof SqlIntervalLiteral) || !isInterval(call.operand(at))) {
            return null;
        }
        SqlNode date = call.operand(1 - at);
        if (isInterval(date) || qualifier(call.operand(at)).getUnit() == TimeUnit.DAY) {
            return null;
        }
        String sql = expressions.sql(date);
        SqlParserPos position = date.getParserPosition();
        Scope.Field column = expressions.column(date);
        LogicalType type =
                column == null || column.type() == null
                        ? expressions.type(sql, position)
                        : column.type();
        if (!type.is(LogicalTypeRoot.DATE)) {
            return null;
        }
        SqlNode midnight = new Raw("CAST(" + sql + " AS TIMESTAMP(3))", position);
        SqlNode interval = expressions.rewrite(call.operand(at));
        return call.getOperator()
                .createCall(
                        call.getParserPosition(),
                        at == 1 ? midnight : interval,
                        at == 1 ? interval : midnight);
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
        if (call.getKind() == SqlKind.CAST) {
            return converted(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
            return "(" + instant(call.operand(0)) + " - " + instant(call.operand(1)) + ")";
        }
        if (call.operandCount() == 1) {
            String sign = call.getKind() == SqlKind.MINUS_PREFIX ? "-" : "";
            String only = millis(call.operand(0));
            return call.getKind() == SqlKind.OTHER_FUNCTION ? "ABS(" + only + ")" : sign + only;
        }
        String left = whole(call, millis(call.operand(0)));
        String right = whole(call, millis(call.operand(1)));
        return "("
                + (left == null ? expressions.sql(call.operand(0)) : left)
                + " "
                + call.getOperator().getName()
                + " "
                + (right == null ? expressions.sql(call.operand(1)) : right)
                + ")";
    }

    /** The milliseconds of what is multiplied, of which an INTEGER holds no month. */
    private static String whole(SqlCall call, String millis) {
        boolean scaled = call.getKind() == SqlKind.TIMES || call.getKind() == SqlKind.DIVIDE;
        return millis != null && scaled ? "CAST(" + millis + " AS BIGINT)" : millis;
    }

    /**
     * An interval as a value of another type: its text, or the number of its first unit. Null if
     * the node is none.
     */
    String cast(SqlNode node, LogicalType type) {
        if (type.is(LogicalTypeFamily.NUMERIC)) {
            String months = months(node);
            if (months != null) {
                return qualifier(unsigned(node)).getStartUnit() == TimeUnit.YEAR
                        ? "(" + months + ") / 12"
                        : months;
            }
        }
        String millis = millis(node);
        if (millis == null) {
            return null;
        }
        SqlIntervalQualifier qualifier = qualifier(node);
        if (type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return IntervalText.of("CAST(" + millis + " AS BIGINT)", qualifier);
        }
        long unit = Intervals.millis(qualifier.getStartUnit());
        return type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                ? "(" + millis + ") / " + unit
                : "CAST(" + millis + " AS DECIMAL(19, 3)) / " + unit;
    }

    private static boolean isSigned(SqlNode node) {
        return node.getKind() == SqlKind.MINUS_PREFIX || node.getKind() == SqlKind.PLUS_PREFIX;
    }

    private static SqlNode unsigned(SqlNode node) {
        return isSigned(node) ? unsigned(((SqlCall) node).operand(0)) : node;
    }

    /** How many months an interval is; null where it is of days or less, or of sums. */
    private String months(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            SqlIntervalLiteral.IntervalValue value =
                    literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
            return value.getIntervalQualifier().isYearMonth()
                    ? String.valueOf(literal.getValueAs(Long.class))
                    : null;
        }
        if (isSigned(node)) {
            String months = months(((SqlCall) node).operand(0));
            boolean negative = node.getKind() == SqlKind.MINUS_PREFIX;
            return months != null && negative ? "-(" + months + ")" : months;
        }
        return node instanceof SqlCall call
                        && call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                        && qualifier(node).isYearMonth()
                ? "TIMESTAMPDIFF(MONTH, "
                        + expressions.sql(call.operand(1))
                        + ", "
                        + expressions.sql(call.operand(0))
                        + ")"
                : null;
    }

    /** The fields of an interval; of two that are added, from the larger to the smaller. */
    private static SqlIntervalQualifier qualifier(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            return literal.getValueAs(SqlIntervalLiteral.IntervalValue.class)
                    .getIntervalQualifier();
        }
        SqlCall call = (SqlCall) node;
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)) {
            return call.operand(2);
        }
        if (call.getKind() == SqlKind.CAST) {
            return call.operand(1);
        }
        if (call.operandCount() == 2
                && isInterval(call.operand(0))
                && isInterval(call.operand(1))) {
            SqlIntervalQualifier left = qualifier(call.operand(0));
            SqlIntervalQualifier right = qualifier(call.operand(1));
            TimeUnit first = larger(left.getStartUnit(), right.getStartUnit(), true);
            TimeUnit last = larger(left.getUnit(), right.getUnit(), false);
            return new SqlIntervalQualifier(
                    first, last == first ? null : last, call.getParserPosition());
        }
        return qualifier(isInterval(call.operand(0)) ? call.operand(0) : call.operand(1));
    }

    private static TimeUnit larger(TimeUnit one, TimeUnit other, boolean larger) {
        return Intervals.millis(one) > Intervals.millis(other) == larger ? one : other;
    }

    /** A text as an interval; one that is computed has one field alone. */
    private String converted(SqlCall cast) {
        SqlNode operand = cast.operand(0);
        if (isInterval(operand)) {
            return millis(operand);
        }
        SqlIntervalQualifier qualifier = cast.operand(1);
        String literal = TextCalls.text(operand);
        if (literal != null) {
            boolean negative = literal.strip().startsWith("-");
            String fields = literal.strip().replaceFirst("^[+-]", "");
            return String.valueOf(
                    Intervals.millis(
                            SqlLiteral.createInterval(
                                    negative ? -1 : 1,
                                    fields,
                                    qualifier,
                                    operand.getParserPosition())));
        }
        if (qualifier.getEndUnit() != null) {
            throw new Refusal(
                    operand,
                    "A text that is computed can be cast to an interval of one unit only, such as"
                            + " INTERVAL SECOND.");
        }
        String text = expressions.sql(operand);
        Casts.Cast number =
                Casts.cast(
                        text,
                        expressions.type(text, operand.getParserPosition()),
                        new DecimalType(19, 3));
        if (number.failing() != null) {
            expressions.hazard(new Hazard(number.failing(), number.error()));
        }
        return "CAST(("
                + number.sql()
                + ") * "
                + Intervals.millis(qualifier.getStartUnit())
                + " AS BIGINT)";
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
            case CAST -> call.operand(1) instanceof SqlIntervalQualifier to && !to.isYearMonth();
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
