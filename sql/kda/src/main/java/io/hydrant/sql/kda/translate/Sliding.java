package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Projection.Item;
import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Stages.Call;
import io.hydrant.sql.kda.translate.Stages.Slide;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions of a SELECT over windows that slide with every row: their arguments are computed in
 * a stage before, their results are columns of a stage behind.
 */
final class Sliding {

    private final Context context;
    private final Scope scope;
    private final Windows windows;

    /** The column with the result of a call, by the call's text. */
    private final Map<String, String> results = new LinkedHashMap<>();

    /** The columns with sums of a BIGINT, which may be longer than one. */
    private final Set<String> sums = new LinkedHashSet<>();

    Sliding(Context context, Scope scope, Windows windows) {
        this.context = context;
        this.scope = scope;
        this.windows = windows;
    }

    /** Adds the stages, and says what can be named behind them. */
    Scope add(List<SqlNode> items, String where, List<Hazard> filterHazards, SqlSelect select) {
        Expressions arguments =
                new Expressions(scope, context.stages(), context.functions(), node -> null);
        Map<String, String> computed = new LinkedHashMap<>();
        Map<List<String>, List<Call>> calls = new LinkedHashMap<>();
        for (SqlNode item : items) {
            item.accept(
                    new SqlBasicVisitor<Void>() {
                        @Override
                        public Void visit(SqlCall call) {
                            if (!Aggregates.isOver(call)) {
                                return super.visit(call);
                            }
                            collect(call, arguments, computed, calls);
                            return null;
                        }
                    });
        }
        List<Item> columns = new ArrayList<>();
        columns.add(new Item(Column.ROWTIME, "`ROWTIME`"));
        for (Field field : scope.fields()) {
            if (columns.stream().noneMatch(i -> i.name().equals(field.column()))) {
                columns.add(new Item(field.column(), FlinkSql.name(field.column())));
            }
        }
        computed.forEach((sql, name) -> columns.add(new Item(name, sql)));
        String view = context.names().next();
        List<Column> there =
                new Projection(context.stages(), context.names(), context.pump())
                        .add(
                                view,
                                scope,
                                where,
                                filterHazards,
                                columns,
                                arguments.hazards(),
                                select.getParserPosition());
        calls.values().forEach(same -> same.forEach(call -> noteSum(call, there)));
        for (Map.Entry<List<String>, List<Call>> partition : calls.entrySet()) {
            String slid = context.names().next();
            try {
                context.stages()
                        .slide(slid, view, new Slide(partition.getKey(), partition.getValue()));
            } catch (IllegalArgumentException refused) {
                throw new Refusal(select, refused.getMessage());
            }
            view = slid;
        }
        return scope.over(view);
    }

    private void noteSum(Call call, List<Column> there) {
        if (call.function().equals("SUM")
                && there.stream()
                        .filter(c -> c.name().equals(call.arguments().get(0)))
                        .anyMatch(c -> c.type().is(LogicalTypeRoot.BIGINT))) {
            sums.add(call.result());
        }
    }

    /** What rewrites the items behind the stages. */
    Expressions expressions(Scope behind) {
        Expressions keys =
                new Expressions(scope, context.stages(), context.functions(), node -> null);
        Expressions items =
                new Expressions(
                        behind,
                        context.stages(),
                        context.functions(),
                        node -> Aggregates.isOver(node) ? result((SqlCall) node, keys) : null);
        for (String sum : sums) {
            items.hazard(
                    new Hazard(
                            "NOT (" + isLong(sum) + ")",
                            Hazard.OVERFLOW + "A sum is beyond the range of BIGINT"));
        }
        return items;
    }

    private SqlNode result(SqlCall over, Expressions keys) {
        String column = results.get(key(over, keys));
        SqlParserPos position = over.getParserPosition();
        return sums.contains(column)
                ? new Raw(
                        "CASE WHEN "
                                + isLong(column)
                                + " THEN CAST("
                                + FlinkSql.name(column)
                                + " AS BIGINT) END",
                        position)
                : FlinkSql.column(column, position);
    }

    private static String isLong(String column) {
        return FlinkSql.name(column) + " BETWEEN " + Long.MIN_VALUE + " AND " + Long.MAX_VALUE;
    }

    private void collect(
            SqlCall over,
            Expressions arguments,
            Map<String, String> computed,
            Map<List<String>, List<Call>> calls) {
        SqlCall function = Aggregates.function(over.operand(0));
        if (!Aggregates.isAggregate(function)) {
            throw new Refusal(
                    function,
                    function.getOperator().getName()
                            + " is no function over a window. COUNT(*) OVER (…) numbers rows as they"
                            + " come, GROUP_RANK(CURSOR(…), …) ranks those of one ROWTIME.");
        }
        checkPlace(function);
        SqlWindow window = windows.window(over.operand(1));
        for (SqlNode key : window.getOrderList()) {
            if (!(key instanceof SqlIdentifier name)
                    || !name.names.get(name.names.size() - 1).equalsIgnoreCase(Column.ROWTIME)) {
                throw new Refusal(
                        key, "Rows of a window are in the order of ROWTIME; leave ORDER BY out.");
            }
        }
        List<String> partition = new ArrayList<>();
        for (SqlNode key : window.getPartitionList()) {
            partition.add(column(arguments.sql(key), computed));
        }
        List<String> operands = new ArrayList<>();
        for (SqlNode operand : function.getOperandList()) {
            if (operand instanceof SqlIdentifier star && star.isStar()) {
                continue;
            }
            if (operand instanceof org.apache.calcite.sql.SqlIntervalLiteral) {
                operands.add(column("CAST(" + Intervals.millis(operand) + " AS BIGINT)", computed));
            } else {
                operands.add(column(argument(function, operand, operands, arguments), computed));
            }
        }
        String result = "$R" + results.size();
        if (results.putIfAbsent(key(over, arguments), result) == null) {
            calls.computeIfAbsent(partition, k -> new ArrayList<>())
                    .add(
                            new Call(
                                    result,
                                    function.getOperator().getName().toUpperCase(Locale.ROOT),
                                    operands,
                                    Windows.frame(window),
                                    Aggregates.isDistinct(function),
                                    over.operand(0).getKind() == SqlKind.IGNORE_NULLS));
        }
    }

    /** What is before the current row is some rows before it, and the first value is number 1. */
    private static void checkPlace(SqlCall function) {
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        boolean isNth = name.equals("NTH_VALUE");
        if ((!isNth && !name.equals("LAG")) || function.operandCount() < 2) {
            return;
        }
        BigDecimal place = number(function.operand(1));
        if (place != null && place.compareTo(isNth ? BigDecimal.ONE : BigDecimal.ZERO) < 0) {
            throw new Refusal(
                    function.operand(1),
                    isNth
                            ? "NTH_VALUE counts the values of its window from 1, so its second"
                                    + " argument is at least 1, not "
                                    + place
                                    + "; from the end it counts with FROM LAST."
                            : "LAG looks back by as many rows as its second argument says, at least"
                                    + " 0, not "
                                    + place
                                    + "; what comes later no window of a stream holds.");
        }
    }

    /** The number that a literal is, with its sign; null where it is none. */
    private static BigDecimal number(SqlNode node) {
        if (node.getKind() == SqlKind.MINUS_PREFIX) {
            BigDecimal positive = number(((SqlCall) node).operand(0));
            return positive == null ? null : positive.negate();
        }
        return node instanceof SqlNumericLiteral literal
                ? literal.getValueAs(BigDecimal.class)
                : null;
    }

    /** The third argument of LAG is of the first one's type. */
    private String argument(
            SqlCall function, SqlNode operand, List<String> before, Expressions arguments) {
        String sql = arguments.sql(operand);
        if (before.size() != 2 || !function.getOperator().getName().equalsIgnoreCase("LAG")) {
            return sql;
        }
        new ComparedTypes(arguments).checkDefault(function);
        String type =
                context.stages()
                        .typed(
                                arguments.sql(function.operand(0)),
                                scope.view(),
                                function.getParserPosition())
                        .type()
                        .copy(true)
                        .asSerializableString();
        return "CAST(" + sql + " AS " + type + ")";
    }

    private static String column(String sql, Map<String, String> computed) {
        return computed.computeIfAbsent(sql, k -> "$A" + computed.size());
    }

    /** Calls of equal text are one. */
    private String key(SqlCall over, Expressions arguments) {
        SqlCall function = Aggregates.function(over.operand(0));
        SqlWindow window = windows.window(over.operand(1));
        StringBuilder key =
                new StringBuilder(over.operand(0).getKind() + function.getOperator().getName());
        key.append(Aggregates.isDistinct(function)).append(Windows.frame(window));
        for (SqlNode operand : function.getOperandList()) {
            boolean star = operand instanceof SqlIdentifier name && name.isStar();
            key.append('|').append(star ? "*" : arguments.sql(operand));
        }
        for (SqlNode operand : window.getPartitionList()) {
            key.append("|BY ").append(arguments.sql(operand));
        }
        return key.toString();
    }
}
