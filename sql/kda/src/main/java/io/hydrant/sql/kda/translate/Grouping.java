package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaOperators;
import io.hydrant.sql.kda.translate.Projection.Item;
import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A SELECT with GROUP BY, with WINDOWED BY STAGGER, or DISTINCT.
 *
 * <p>A group of a stream closes when the window of time that it belongs to is over. Its row has the
 * end of the window as ROWTIME. Source: developer guide, "Tumbling Windows" and "Stagger Windows".
 */
final class Grouping {

    private static final String START = "$START";

    private final Context context;
    private final Queries queries;
    private final Scope scope;
    private final SqlSelect select;
    private final List<SqlNode> items;
    private final SqlNodeList order;
    private final Expressions before;

    /** HAVING with what the aliases in it stand for; null for none. */
    private final SqlNode having;

    /** The column with a key, by the key's text. */
    private final Map<String, String> keys = new LinkedHashMap<>();

    /** The column with an argument, by its text. */
    private final Map<String, String> arguments = new LinkedHashMap<>();

    /** The column with a result, by the text of the aggregate call in Flink's SQL. */
    private final Map<String, String> results = new LinkedHashMap<>();

    /** What is true of a group whose sum is beyond the range of its type, by the sum's text. */
    private final Map<String, String> overflows = new LinkedHashMap<>();

    /** Whether the groups are windows of time that are the same for all keys. */
    private boolean tumbles;

    /** The window of time whose groups are sorted together; null where those of one end are. */
    private TimeWindow batch;

    /** The names of the rows that are grouped, over the stage that has the groups. */
    private Scope closed;

    Grouping(
            Context context,
            Queries queries,
            Scope scope,
            SqlSelect select,
            List<SqlNode> items,
            SqlNodeList order) {
        this.context = context;
        this.queries = queries;
        this.scope = scope;
        this.select = select;
        this.items = items;
        this.order = order;
        before = new Expressions(scope, context.stages(), context.functions(), node -> null);
        having =
                select.getHaving() == null
                        ? null
                        : select.getHaving()
                                .accept(
                                        new SqlShuttle() {
                                            @Override
                                            public SqlNode visit(SqlIdentifier name) {
                                                return aliased(name);
                                            }
                                        });
    }

    Output translate() {
        List<SqlNode> by = by();
        boolean stagger =
                by.size() == 1
                        && by.get(0) instanceof SqlCall call
                        && call.getOperator().equals(KdaOperators.STAGGER);
        TimeWindow window;
        if (stagger) {
            List<SqlNode> operands = ((SqlCall) by.get(0)).getOperandList();
            window = new TimeWindow(Intervals.millis(operands.get(0)), 0, null);
            if (window.millis() <= 0) {
                throw new Refusal(operands.get(0), "A stagger window is longer than nothing.");
            }
            by = operands.subList(1, operands.size());
        } else {
            window = window(by);
        }
        String changing = window == null ? before.sql(monotonic(by)) : null;
        for (SqlNode key : by) {
            if (stagger || window == null || before.window(key) != null || !ofTime(key)) {
                keys.putIfAbsent(before.sql(key), "$K" + keys.size());
            }
        }
        for (SqlNode item : items) {
            collect(Queries.plain(item));
        }
        if (having != null) {
            collect(having);
        }
        for (SqlNode key : order) {
            collect(key);
        }
        if (window != null && !stagger && order.size() > 1 && !Queries.isWithin(order.get(0))) {
            TimeWindow sorted = TimeWindow.of(Queries.leading(order.get(0), items), before);
            batch = sorted != null && sorted.length() > window.length() ? sorted.ofEnds() : null;
        }
        String grouped = aggregate(prepared(), window, stagger, keys.get(changing));
        tumbles = window != null && !stagger;
        return projected(grouped);
    }

    private List<SqlNode> by() {
        if (select.getGroup() != null) {
            List<SqlNode> by = new ArrayList<>();
            for (SqlNode key : select.getGroup()) {
                by.add(aliased(key));
            }
            return by;
        }
        throw new Refusal(
                select,
                "A stream does not end, so an aggregate needs a GROUP BY with an expression of ROWTIME, such"
                        + " as STEP(ROWTIME BY INTERVAL '60' SECOND), or a window: OVER (…).");
    }

    /**
     * A key may be written as the number of a column, or as its alias where no column has that
     * name; so may what HAVING compares.
     */
    private SqlNode aliased(SqlNode key) {
        if (key instanceof org.apache.calcite.sql.SqlNumericLiteral ordinal) {
            long number = Intervals.count(ordinal);
            if (number >= 1 && number <= items.size()) {
                SqlNode item = Queries.plain(items.get((int) number - 1));
                if (Aggregates.inside(item, false)) {
                    throw new Refusal(
                            key,
                            "Column "
                                    + number
                                    + " has an aggregate function, whose value only the rows of a group"
                                    + " give; groups are formed by what each row has.");
                }
                return item;
            }
        }
        if (key instanceof SqlIdentifier name
                && name.isSimple()
                && scope.fields().stream()
                        .noneMatch(f -> f.name().equalsIgnoreCase(name.getSimple()))) {
            for (int i = 0; i < items.size(); i++) {
                if (Queries.name(items.get(i), i).equals(name.getSimple())) {
                    return Queries.plain(items.get(i));
                }
            }
        }
        return key;
    }

    private boolean ofTime(SqlNode key) {
        return TimeWindow.of(key, before) != null || isRowtime(key);
    }

    private boolean isRowtime(SqlNode node) {
        return TimeWindow.isRowtime(node, before);
    }

    /** The shortest window of time among the keys; the others are constant in it. Null for none. */
    private TimeWindow window(List<SqlNode> by) {
        TimeWindow shortest = null;
        for (SqlNode key : by) {
            TimeWindow window = TimeWindow.of(key, before);
            if (window != null && (shortest == null || window.length() < shortest.length())) {
                shortest = window;
            }
        }
        return shortest;
    }

    /** The key whose change closes the groups. */
    private SqlNode monotonic(List<SqlNode> by) {
        return by.stream()
                .filter(key -> Monotonic.is(key, before))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refusal(
                                        select.getGroup() == null
                                                ? select
                                                : select.getGroup().get(0),
                                        "A stream does not end, so one expression of GROUP BY must"
                                                + " ascend with ROWTIME, such as"
                                                + " FLOOR(ROWTIME TO MINUTE) or STEP(ROWTIME BY"
                                                + " INTERVAL '60' SECOND); of one that ascends"
                                                + " by itself write so: MONOTONIC(ORDER_ID)."));
    }

    private void collect(SqlNode node) {
        if (Aggregates.isOver(node)) {
            throw new Refusal(
                    node,
                    "A function over a window looks at rows, and this query gives groups; write the"
                            + " GROUP BY in a query in FROM: SELECT STREAM SUM(n) OVER (…) FROM"
                            + " (SELECT STREAM COUNT(*) AS n … GROUP BY …).");
        }
        if (node.getKind() == SqlKind.FILTER) {
            throw new Refusal(
                    node,
                    "FILTER is not in the dialect; write the condition inside of the function:"
                            + " SUM(CASE WHEN condition THEN value END), COUNT(CASE WHEN condition"
                            + " THEN 1 END).");
        }
        if (node instanceof SqlCall call && Aggregates.isAggregate(Aggregates.function(call))) {
            String text = aggregateText(call);
            results.putIfAbsent(text, "$R" + results.size());
            return;
        }
        if (node instanceof SqlCall call) {
            for (SqlNode operand : call.getOperandList()) {
                if (operand != null) {
                    collect(operand);
                }
            }
        } else if (node instanceof SqlNodeList list) {
            list.forEach(this::collect);
        }
    }

    private String aggregateText(SqlCall call) {
        SqlCall function = Aggregates.function(call);
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        List<String> operands = new ArrayList<>();
        for (SqlNode operand : function.getOperandList()) {
            if (operand instanceof SqlIdentifier star && star.isStar()) {
                operands.add("*");
                continue;
            }
            if (Aggregates.inside(operand, false)) {
                throw new Refusal(
                        operand,
                        "Inside of "
                                + name
                                + " stands no other aggregate function; compute that in a query in"
                                + " FROM.");
            }
            String sql = before.sql(operand);
            boolean spread = name.startsWith("STDDEV") || name.startsWith("VAR");
            boolean total = name.equals("SUM") || name.equals("AVG");
            LogicalType type =
                    spread || total ? before.type(sql, operand.getParserPosition()) : null;
            if (type != null && type.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
                if (spread) {
                    sql = "CAST(" + sql + " AS DOUBLE)";
                } else if (type.is(LogicalTypeRoot.BIGINT)) {
                    approximately(function, name, sql);
                } else if (name.equals("SUM")) {
                    // Flink's SUM is of its argument's type.
                    sql = "CAST(" + sql + " AS BIGINT)";
                }
            }
            if (operand instanceof org.apache.calcite.sql.SqlLiteral) {
                operands.add(sql);
                continue;
            }
            boolean logical = name.equals("ANY") || name.equals("SOME") || name.equals("EVERY");
            String argument =
                    logical
                            ? "CASE WHEN " + sql + " THEN 1 WHEN NOT (" + sql + ") THEN 0 END"
                            : sql;
            operands.add(argument(argument));
        }
        String distinct = Aggregates.isDistinct(function) ? "DISTINCT " : "";
        String list = String.join(", ", operands);
        return switch (name) {
            case "ANY", "SOME" -> "MAX(" + list + ") = 1";
            case "EVERY" -> "MIN(" + list + ") = 1";
            case "STDDEV" -> "STDDEV_SAMP(" + distinct + list + ")";
            case "VARIANCE" -> "VAR_SAMP(" + distinct + list + ")";
            case "FIRST_VALUE", "LAST_VALUE" -> {
                String known = name + "(" + list + ")";
                if (call.getKind() == SqlKind.IGNORE_NULLS) {
                    yield known;
                }
                // Flink's pass over NULL; the value of the first or last row may be one.
                String none = argument("(" + before.sql(function.operand(0)) + ") IS NULL");
                yield "CASE WHEN NOT " + name + "(" + none + ") THEN " + known + " END";
            }
            default -> name + "(" + distinct + list + ")";
        };
    }

    /**
     * The sum of a BIGINT begins again at the other end where it is too long. The sum of the same
     * numbers in double precision tells: the two then differ by two to the 64th.
     */
    private void approximately(SqlCall function, String name, String sql) {
        String distinct = Aggregates.isDistinct(function) ? "DISTINCT " : "";
        String argument = argument(sql);
        String nearly = "SUM(" + distinct + argument("CAST(" + sql + " AS DOUBLE)") + ")";
        String exact = name + "(" + distinct + argument + ")";
        overflows.put(
                exact,
                name.equals("AVG")
                        ? "ABS(" + result(nearly) + ") > 9223372036854775807E0"
                        : "ABS(CAST("
                                + result(exact)
                                + " AS DOUBLE) - "
                                + result(nearly)
                                + ") > 9.2E18");
    }

    private String argument(String sql) {
        return FlinkSql.name(arguments.computeIfAbsent(sql, k -> "$A" + arguments.size()));
    }

    private String result(String aggregate) {
        return FlinkSql.name(results.computeIfAbsent(aggregate, k -> "$R" + results.size()));
    }

    /** The stage that computes keys and arguments. */
    private String prepared() {
        Expressions filter =
                new Expressions(scope, context.stages(), context.functions(), node -> null);
        String where = select.getWhere() == null ? null : filter.sql(select.getWhere());
        List<Item> columns = new ArrayList<>();
        columns.add(new Item(Column.ROWTIME, "`ROWTIME`"));
        keys.forEach((sql, name) -> columns.add(new Item(name, sql)));
        arguments.forEach((sql, name) -> columns.add(new Item(name, sql)));
        String view = context.names().next();
        new Projection(context.stages(), context.names(), context.pump())
                .add(view, scope, where, filter.hazards(), columns, before.hazards(), position());
        return view;
    }

    private String aggregate(String prepared, TimeWindow window, boolean stagger, String changing) {
        String input = prepared;
        String size = Intervals.flink(window == null ? 1 : window.millis());
        String start = "window_start";
        List<String> by = new ArrayList<>(keys.values());
        if (changing != null) {
            input = context.names().next();
            context.stages().change(input, prepared, changing);
        } else if (stagger) {
            input = context.names().next();
            context.stages().stagger(input, prepared, List.copyOf(keys.values()), window.millis());
            size = Intervals.flink(1);
            start = "window_end";
        } else if (window.unit() != null) {
            input = calendar(prepared, window);
            size = Intervals.flink(1);
            start = "`" + START + "`";
            by.add(START);
        } else if (window.offset() != 0) {
            size += ", " + Intervals.flink(window.offset());
        }
        List<String> shown = new ArrayList<>();
        keys.values().forEach(k -> shown.add(FlinkSql.name(k)));
        results.forEach((sql, name) -> shown.add(sql + " AS " + FlinkSql.name(name)));
        shown.add(start + " AS `" + START + "`");
        // A group of one instant keeps it.
        boolean instant =
                changing != null || (!stagger && window.unit() == null && window.millis() == 1);
        String end =
                window != null && window.up()
                        ? "window_end - INTERVAL '0.001' SECOND"
                        : "window_end";
        shown.add("CAST(" + (instant ? "window_start" : end) + " AS TIMESTAMP(3)) AS `ROWTIME`");
        String view = context.names().next();
        context.stages()
                .view(
                        view,
                        "SELECT "
                                + String.join(", ", shown)
                                + " FROM TABLE(TUMBLE(TABLE "
                                + FlinkSql.name(input)
                                + ", DESCRIPTOR(`ROWTIME`), "
                                + size
                                + ")) GROUP BY window_start, window_end"
                                + by.stream()
                                        .map(k -> ", " + FlinkSql.name(k))
                                        .collect(Collectors.joining()),
                        position());
        String retimed = context.names().next();
        context.stages().retime(retimed, view);
        return retimed;
    }

    /** Months and years differ in length: each row is moved to the last millisecond of its own. */
    private String calendar(String prepared, TimeWindow window) {
        String floor = "FLOOR(`ROWTIME` TO " + window.unit() + ")";
        List<String> columns = new ArrayList<>();
        columns.add(window.last() + " AS `ROWTIME`");
        columns.add("CAST(" + floor + " AS TIMESTAMP(3)) AS `" + START + "`");
        keys.values().forEach(k -> columns.add(FlinkSql.name(k)));
        arguments.values().forEach(a -> columns.add(FlinkSql.name(a)));
        String moved = context.names().next();
        context.stages()
                .view(
                        moved,
                        "SELECT " + String.join(", ", columns) + " FROM " + FlinkSql.name(prepared),
                        position());
        String retimed = context.names().next();
        context.stages().retime(retimed, moved);
        return retimed;
    }

    private Output projected(String grouped) {
        closed = scope.over(grouped);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("", Column.ROWTIME, Column.ROWTIME, null, false));
        // What DATA_ROW shows of a group that fails; the query cannot write these names.
        keys.values().forEach(key -> fields.add(new Field("", key, key, null, true)));
        results.values().forEach(value -> fields.add(new Field("", value, value, null, true)));
        Scope behind = new Scope(grouped, fields);
        Expressions filter = expressions(behind);
        Expressions values = expressions(behind);
        checkSums(having == null ? values : filter);
        String kept = having == null ? null : filter.sql(having);
        return queries.project(
                behind, kept, filter.hazards(), items, values, order, batch, select, this::rising);
    }

    private Rising rising(List<String> shown) {
        return tumbles ? before.rising(items, shown, true) : Rising.NONE;
    }

    private Expressions expressions(Scope behind) {
        return new Expressions(behind, context.stages(), context.functions(), this::behind);
    }

    private void checkSums(Expressions first) {
        overflows.forEach(
                (sum, condition) ->
                        first.hazard(
                                new Hazard(
                                        condition,
                                        Hazard.OVERFLOW + "A sum is beyond the range of BIGINT")));
    }

    /** What a node means behind the aggregation: a key, a result, or the time. */
    private SqlNode behind(SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        if (node instanceof SqlCall call && Aggregates.isAggregate(call)) {
            return FlinkSql.column(results.get(aggregateText(call)), position);
        }
        if (node.getKind() == SqlKind.IGNORE_NULLS || node.getKind() == SqlKind.RESPECT_NULLS) {
            return FlinkSql.column(results.get(aggregateText((SqlCall) node)), position);
        }
        SqlNode key = key(node);
        if (key != null) {
            return key;
        }
        if (node instanceof SqlCall call
                && call.operandCount() > 0
                && TimeWindow.of(node, before) != null) {
            Expressions ofStart =
                    new Expressions(
                            closed,
                            context.stages(),
                            context.functions(),
                            inner ->
                                    isRowtime(inner)
                                            ? FlinkSql.column(START, position)
                                            : inside(inner));
            return new Raw(ofStart.sql(node), position);
        }
        if (node instanceof SqlIdentifier name) {
            if (isRowtime(name)) {
                return FlinkSql.column(Column.ROWTIME, position);
            }
            if (name.isSimple() && name.getSimple().startsWith("CURRENT_")) {
                return null;
            }
            throw notGrouped(name);
        }
        return null;
    }

    /** What a node inside of an expression of the window's time means. */
    private SqlNode inside(SqlNode node) {
        SqlNode key = key(node);
        if (key == null
                && node instanceof SqlIdentifier name
                && !(name.isSimple() && TimeCalls.isClock(name.getSimple()))) {
            throw notGrouped(name);
        }
        return key;
    }

    private Refusal notGrouped(SqlIdentifier name) {
        scope.resolve(name);
        return new Refusal(
                name,
                String.join(".", name.names)
                        + " is neither in GROUP BY nor inside an aggregate function such as MAX.");
    }

    /** The column of the key that a node is; null where it is none. */
    private SqlNode key(SqlNode node) {
        if (node instanceof SqlIdentifier
                || (node instanceof SqlCall && !Aggregates.inside(node, false))) {
            String key = keys.get(text(node));
            return key == null ? null : FlinkSql.column(key, node.getParserPosition());
        }
        return null;
    }

    private String text(SqlNode node) {
        try {
            return before.sql(node);
        } catch (Refusal notBefore) {
            return "";
        }
    }

    private SqlParserPos position() {
        return select.getParserPosition();
    }
}
