package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.CreateFunction;
import io.hydrant.sql.kda.parse.KdaOperators;
import io.hydrant.sql.kda.translate.Projection.Item;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Stages.Call;
import io.hydrant.sql.kda.translate.Stages.Frame;
import io.hydrant.sql.kda.translate.Stages.Slide;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.types.logical.NullType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Turns a query into stages. */
final class Queries {

    /** Names that queries can use, and where stages go. */
    record Context(
            Map<String, Relation> relations,
            Map<String, SqlNode> views,
            Map<String, CreateFunction> functions,
            Stages stages,
            Names names,
            String pump) {

        /** The same with other views. */
        Context with(Map<String, SqlNode> others) {
            return new Context(relations, others, functions, stages, names, pump);
        }
    }

    /** Columns that a query cannot name: what rows are sorted by, and their own time meanwhile. */
    private static final String ORDER = "$ORDER";

    private static final String OWN = "$OWN";

    /** No unit that a time can be floored to is longer. */
    private static final long LONGEST_WINDOW = 366L * 86_400_000;

    private final Context context;
    private final Stages stages;
    private final Names names;

    Queries(Context context) {
        this.context = context;
        stages = context.stages();
        names = context.names();
    }

    Output translate(SqlNode query) {
        if (query instanceof SqlOrderBy ordered) {
            return ordered(ordered);
        }
        if (query instanceof SqlSelect select) {
            return select(select, SqlNodeList.EMPTY);
        }
        if (query instanceof SqlWith with) {
            return with(with);
        }
        if (query.getKind() == SqlKind.UNION) {
            return new UnionAll(context, this).translate((SqlBasicCall) query);
        }
        throw new Refusal(
                query,
                switch (query.getKind()) {
                    case VALUES ->
                            "Constant rows have no time and no end to wait for; join them with a stream"
                                    + " (FROM … JOIN (VALUES …) AS v (A, B) ON …), or make a"
                                    + " reference table of them.";
                    case EXCEPT, INTERSECT ->
                            query.getKind()
                                    + " of streams would wait for ever for equal rows, and Kinesis"
                                    + " Data Analytics had none, only UNION ALL; write a join over"
                                    + " windows, for EXCEPT a LEFT JOIN with … IS NULL in WHERE.";
                    default -> query.getKind() + " is not supported; SELECT and UNION ALL are.";
                });
    }

    /** The queries of WITH are views that the one behind it has alone. */
    private Output with(SqlWith with) {
        Map<String, SqlNode> views = new LinkedHashMap<>(context.views());
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            views.put(
                    item.name.getSimple(),
                    Applications.named(item.query, item.name, item.columnList));
        }
        return new Queries(context.with(views)).translate(with.body);
    }

    private Output ordered(SqlOrderBy ordered) {
        if (ordered.fetch != null || ordered.offset != null) {
            throw new Refusal(
                    ordered,
                    "A stream does not end, and Kinesis Data Analytics had no LIMIT, FETCH or OFFSET. For the first rows"
                            + " of each ROWTIME write FROM TABLE(GROUP_RANK(CURSOR(…), …)), for the"
                            + " most frequent values of a window TOP_K_ITEMS_TUMBLING, for the first"
                            + " rows of a key WHERE n <= 10 around COUNT(*) OVER (PARTITION BY … RANGE"
                            + " …) AS n.");
        }
        if (ordered.query instanceof SqlSelect select) {
            return select(select, ordered.orderList);
        }
        Output output = translate(ordered.query);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("", Column.ROWTIME, Column.ROWTIME, null, false));
        for (Column column : output.columns()) {
            if (!column.name().equals(Column.ROWTIME)) {
                fields.add(new Field("", column.name(), column.name(), column.type(), true));
            }
        }
        return sorted(output, ordered.orderList, new Scope(output.view(), fields));
    }

    private Output select(SqlSelect written, SqlNodeList order) {
        List<SqlNode> ofTables = new ArrayList<>();
        SqlSelect select = TableConditions.without(written, ofTables);
        if (select.getFrom() == null) {
            throw new Refusal(select, "A streaming query reads a stream; FROM is missing.");
        }
        if (select.getWhere() != null && Aggregates.inside(select.getWhere(), false)) {
            throw new Refusal(
                    select.getWhere(),
                    "WHERE looks at single rows; conditions on groups stand in HAVING, behind GROUP BY.");
        }
        if (select.getWhere() != null && Aggregates.inside(select.getWhere(), true)) {
            throw new Refusal(
                    select.getWhere(),
                    "WHERE looks at single rows; compute what looks at a window in a query in FROM, and"
                            + " write the condition around that.");
        }
        Windows windows = new Windows(select.getWindowList());
        Sources sources = new Sources(context, this, windows);
        Scope scope = sources.from(select.getFrom(), select.getWhere());
        for (SqlNode condition : ofTables) {
            scope = new TableConditions(context).apply(scope, condition, false);
        }
        List<SqlNode> items = expanded(select.getSelectList(), scope);
        boolean grouped =
                select.getGroup() != null
                        || items.stream().anyMatch(item -> Aggregates.inside(item, false));
        if (grouped) {
            return new Grouping(context, this, scope, select, items, order).translate();
        }
        if (select.getHaving() != null) {
            throw new Refusal(
                    select.getHaving(),
                    "HAVING stands behind GROUP BY; a condition on single rows stands in WHERE.");
        }
        Scope base = scope;
        Expressions filter = expressions(scope);
        String where = select.getWhere() == null ? null : filter.sql(select.getWhere());
        List<Hazard> filterHazards = filter.hazards();
        Expressions values = expressions(scope);
        if (items.stream().anyMatch(item -> Aggregates.inside(item, true))) {
            Sliding sliding = new Sliding(context, scope, windows);
            scope = sliding.add(items, where, filterHazards, select);
            values = sliding.expressions(scope);
            where = null;
            filterHazards = List.of();
        }
        Output output =
                project(
                        scope,
                        where,
                        filterHazards,
                        items,
                        values,
                        order,
                        batch(order, items, expressions(base)),
                        select,
                        shown -> expressions(base).rising(items, shown, false));
        return select.isDistinct() ? distinct(output, items, expressions(base), select) : output;
    }

    /** The first of equal rows; they can only be equal while the time among them stays the same. */
    private Output distinct(
            Output output, List<SqlNode> items, Expressions expressions, SqlSelect select) {
        if (items.stream().noneMatch(item -> TimeWindow.of(plain(item), expressions) != null)) {
            throw new Refusal(
                    select,
                    "A stream does not end, so one column of SELECT DISTINCT must ascend with ROWTIME,"
                            + " such as ROWTIME itself or FLOOR(ROWTIME TO DAY).");
        }
        // Rows with times of their own are equal where another column, such as a day, tells the
        // time.
        boolean stepped =
                items.stream()
                        .map(item -> TimeWindow.of(plain(item), expressions))
                        .anyMatch(window -> window != null && window.length() > 1);
        Slide equal =
                new Slide(
                        output.columns().stream()
                                .map(Column::name)
                                .filter(name -> !stepped || !isTime(name, output))
                                .toList(),
                        List.of(
                                new Call(
                                        "$SAME",
                                        "COUNT",
                                        List.of(),
                                        new Frame(LONGEST_WINDOW, 1),
                                        false,
                                        false)));
        String slid = names.next();
        stages.slide(slid, output.view(), equal);
        String first = names.next();
        stages.view(
                first,
                "SELECT * FROM " + FlinkSql.name(slid) + " WHERE `$SAME` = 1",
                select.getParserPosition());
        return new Output(first, output.columns(), output.times(), output.rising());
    }

    /** The window of time whose rows are sorted together; null where those of one ROWTIME are. */
    private static TimeWindow batch(
            SqlNodeList order, List<SqlNode> items, Expressions expressions) {
        if (order == null || order.size() < 2 || isWithin(order.get(0))) {
            return null;
        }
        TimeWindow window = TimeWindow.of(leading(order.get(0), items), expressions);
        return window == null || window.length() == 1 ? null : window;
    }

    private static boolean isTime(String column, Output output) {
        return column.equals(Column.ROWTIME) || output.times().contains(column);
    }

    private Expressions expressions(Scope scope) {
        return new Expressions(scope, stages, context.functions(), node -> null);
    }

    /** The last stage of a SELECT: its items, its order. */
    Output project(
            Scope scope,
            String where,
            List<Hazard> filterHazards,
            List<SqlNode> items,
            Expressions values,
            SqlNodeList order,
            TimeWindow batch,
            SqlSelect select,
            Function<List<String>, Rising> rising) {
        List<Item> computed = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Set<String> times = new HashSet<>();
        String own = null;
        Set<String> nulls = new HashSet<>();
        for (SqlNode item : items) {
            boolean none = SqlUtil.isNullLiteral(plain(item), false);
            String sql = none ? "CAST(NULL AS STRING)" : values.sql(plain(item));
            String name = unique(name(item, shown.size()), taken);
            if (none) {
                nulls.add(name);
            }
            shown.add(name);
            if (name.equals(Column.ROWTIME)) {
                own = sql;
            } else {
                if (sql.equals("`ROWTIME`")) {
                    times.add(name);
                }
                computed.add(new Item(name, sql));
            }
        }
        boolean retimed = own != null && !own.equals("`ROWTIME`");
        computed.add(
                0,
                new Item(
                        Column.ROWTIME,
                        retimed ? "CAST(" + own + " AS TIMESTAMP(3))" : "`ROWTIME`"));
        List<SqlNode> keys = order == null ? List.of() : order.getList();
        long within = within(order, values, own);
        List<String> sort = new ArrayList<>();
        for (int i = 1; i < keys.size(); i++) {
            sort.add(sortKey(keys.get(i), values, computed, shown, items, i));
        }
        if (!keys.isEmpty() && within == 0) {
            leading(keys.get(0), items);
        }
        String view = names.next();
        List<Column> columns;
        try {
            columns =
                    new Projection(stages, names, context.pump())
                            .add(
                                    view,
                                    scope,
                                    where,
                                    filterHazards,
                                    computed,
                                    values.hazards(),
                                    select.getParserPosition());
        } catch (Unplannable refused) {
            throw placed(refused, items, select.getWhere(), values);
        }
        if (retimed) {
            String ordered = names.next();
            stages.order(ordered, view, within, context.pump());
            view = ordered;
        }
        boolean batched = batch != null && !retimed && !sort.isEmpty();
        if (batched) {
            List<String> names = new ArrayList<>();
            for (Item item : computed.subList(1, computed.size())) {
                names.add(item.name());
            }
            view = batches(view, names, batch, sort, order.getParserPosition());
        } else if (!sort.isEmpty() || within > 0) {
            view = byTime(view, sort, order.getParserPosition());
        }
        List<Column> result = new ArrayList<>();
        for (String name : shown) {
            columns.stream()
                    .filter(c -> c.name().equals(name))
                    .map(c -> nulls.contains(name) ? new Column(name, new NullType()) : c)
                    .findFirst()
                    .ifPresent(result::add);
        }
        return retimed || batched
                ? new Output(view, result, Set.of())
                : new Output(view, result, times, rising.apply(shown));
    }

    /** The refusal of the first of the expressions that Flink refuses by itself, too. */
    private static Unplannable placed(
            Unplannable refused, List<SqlNode> items, SqlNode where, Expressions values) {
        List<SqlNode> expressions = new ArrayList<>(items);
        if (where != null) {
            expressions.add(where);
        }
        for (SqlNode expression : expressions) {
            SqlNode plain = plain(expression);
            if (SqlUtil.isNullLiteral(plain, false)) {
                continue;
            }
            try {
                values.type(values.sql(plain), plain.getParserPosition());
            } catch (Unplannable found) {
                return found;
            } catch (Refusal elsewhere) {
                // Names of the rows before a stage that this is behind.
            }
        }
        return refused;
    }

    /** The first key of an order is the rows' time, in which they come anyway. */
    static SqlNode leading(SqlNode first, List<SqlNode> items) {
        SqlNode key = ofNulls(first) == null ? first : ((SqlCall) first).operand(0);
        SqlNode leading = key;
        if (key instanceof org.apache.calcite.sql.SqlNumericLiteral ordinal) {
            long at = Intervals.count(ordinal);
            if (at < 1 || at > items.size()) {
                throw new Refusal(key, "ORDER BY " + at + " is not the number of a column.");
            }
            leading = plain(items.get((int) at - 1));
        } else if (key instanceof SqlIdentifier name) {
            for (int i = 0; i < items.size(); i++) {
                if (name.isSimple() && name(items.get(i), i).equals(name.getSimple())) {
                    leading = plain(items.get(i));
                }
            }
        }
        if (key.getKind() == SqlKind.DESCENDING || !mentionsRowtime(leading)) {
            throw new Refusal(
                    key,
                    "The first expression of a stream's ORDER BY is one that ascends with ROWTIME, such as"
                            + " ROWTIME itself or FLOOR(ROWTIME TO MINUTE); by a time of the rows' own"
                            + " order SELECT STREAM event_time AS ROWTIME … ORDER BY event_time WITHIN"
                            + " INTERVAL '10' SECOND.");
        }
        return leading;
    }

    static boolean isWithin(SqlNode key) {
        return key instanceof SqlCall call && call.getOperator().equals(KdaOperators.WITHIN);
    }

    /** How late rows may come, of which the query names a column ROWTIME; 0 for none. */
    private static long within(SqlNodeList order, Expressions values, String own) {
        if (order == null || order.isEmpty() || !isWithin(order.get(0))) {
            return 0;
        }
        SqlCall within = (SqlCall) order.get(0);
        SqlNode time = within.operand(0);
        boolean rowtime =
                time instanceof SqlIdentifier name
                        && name.isSimple()
                        && name.getSimple().equals(Column.ROWTIME);
        if (own == null || own.equals("`ROWTIME`") || rowtime || !values.sql(time).equals(own)) {
            throw new Refusal(
                    time,
                    "What ORDER BY … WITHIN sorts by is a time of the rows that the query selects as"
                            + " ROWTIME: SELECT STREAM event_time AS ROWTIME, … ORDER BY event_time"
                            + " WITHIN INTERVAL '10' SECOND.");
        }
        long millis = Intervals.millis(within.operand(1));
        if (millis <= 0) {
            throw new Refusal(
                    within.operand(1), "The interval behind WITHIN is longer than nothing.");
        }
        return millis;
    }

    private static boolean mentionsRowtime(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            return name.names.get(name.names.size() - 1).equalsIgnoreCase(Column.ROWTIME);
        }
        return node instanceof SqlCall call
                && call.getOperandList().stream().anyMatch(o -> o != null && mentionsRowtime(o));
    }

    private static String sortKey(
            SqlNode key,
            Expressions values,
            List<Item> computed,
            List<String> shown,
            List<SqlNode> items,
            int at) {
        SqlNode expression = undirected(key);
        String direction = direction(key);
        if (expression instanceof org.apache.calcite.sql.SqlNumericLiteral ordinal) {
            long number = Intervals.count(ordinal);
            if (number < 1 || number > items.size()) {
                throw new Refusal(key, "ORDER BY " + number + " is not the number of a column.");
            }
            return FlinkSql.name(shown.get((int) number - 1)) + direction;
        }
        if (expression instanceof SqlIdentifier name
                && name.isSimple()
                && shown.contains(name.getSimple())) {
            return FlinkSql.name(name.getSimple()) + direction;
        }
        String hidden = ORDER + at;
        computed.add(new Item(hidden, values.sql(expression)));
        return FlinkSql.name(hidden) + direction;
    }

    /** Where NULL stands in an order; null where nothing says so. */
    private static String ofNulls(SqlNode key) {
        return switch (key.getKind()) {
            case NULLS_FIRST -> " NULLS FIRST";
            case NULLS_LAST -> " NULLS LAST";
            default -> null;
        };
    }

    /** The words behind a key of an order. */
    private static String direction(SqlNode key) {
        String nulls = ofNulls(key);
        return nulls != null
                ? direction(((SqlCall) key).operand(0)) + nulls
                : key.getKind() == SqlKind.DESCENDING ? " DESC" : "";
    }

    /** A key of an order without the words behind it. */
    private static SqlNode undirected(SqlNode key) {
        return ofNulls(key) != null || key.getKind() == SqlKind.DESCENDING
                ? undirected(((SqlCall) key).operand(0))
                : key;
    }

    private Output sorted(Output output, SqlNodeList order, Scope scope) {
        List<SqlNode> keys = order.getList();
        if (isWithin(keys.get(0))) {
            throw new Refusal(
                    keys.get(0),
                    "ORDER BY … WITHIN sorts one SELECT, which names the time ROWTIME; write it in a query"
                            + " in FROM.");
        }
        SqlNode leading = leading(keys.get(0), List.of());
        if (keys.size() == 1) {
            return output;
        }
        Expressions values = expressions(scope);
        List<String> columns = new ArrayList<>();
        for (Column column : output.columns()) {
            if (!column.name().equals(Column.ROWTIME)) {
                columns.add(column.name());
            }
        }
        List<String> hidden = new ArrayList<>();
        List<String> sort = new ArrayList<>();
        for (int i = 1; i < keys.size(); i++) {
            String name = FlinkSql.name(ORDER + i);
            hidden.add(values.sql(undirected(keys.get(i))) + " AS " + name);
            columns.add(ORDER + i);
            sort.add(name + direction(keys.get(i)));
        }
        String keyed = names.next();
        stages.view(
                keyed,
                "SELECT *, " + String.join(", ", hidden) + " FROM " + FlinkSql.name(output.view()),
                order.getParserPosition());
        TimeWindow batch = TimeWindow.of(leading, values);
        if (batch != null && batch.length() > 1) {
            String settled = batches(keyed, columns, batch, sort, order.getParserPosition());
            return new Output(settled, output.columns(), Set.of());
        }
        String sorted = byTime(keyed, sort, order.getParserPosition());
        return new Output(sorted, output.columns(), output.times(), output.rising());
    }

    /** Rows of one ROWTIME in an order; rows of different ones, that come late, in that of time. */
    private String byTime(String view, List<String> sort, SqlParserPos position) {
        List<String> keys = new ArrayList<>(List.of("`ROWTIME`"));
        keys.addAll(sort);
        String sorted = names.next();
        stages.view(
                sorted,
                "SELECT * FROM " + FlinkSql.name(view) + " ORDER BY " + String.join(", ", keys),
                position);
        return sorted;
    }

    /**
     * The rows of each window of time in an order. They wait at the last millisecond of the window
     * until it is over, and then go on with their own times.
     */
    private String batches(
            String view,
            List<String> columns,
            TimeWindow window,
            List<String> sort,
            SqlParserPos position) {
        List<String> moved = new ArrayList<>();
        moved.add(window.last() + " AS `ROWTIME`");
        moved.add("CAST(`ROWTIME` AS TIMESTAMP(3)) AS " + FlinkSql.name(OWN));
        columns.forEach(column -> moved.add(FlinkSql.name(column)));
        String waiting = names.next();
        stages.view(
                waiting,
                "SELECT " + String.join(", ", moved) + " FROM " + FlinkSql.name(view),
                position);
        String retimed = names.next();
        stages.retime(retimed, waiting);
        List<String> keys = new ArrayList<>();
        for (String key : sort) {
            keys.add(key.replaceFirst("^`ROWTIME`", FlinkSql.name(OWN)));
        }
        String settled = names.next();
        stages.settle(settled, byTime(retimed, keys, position), OWN, window);
        return settled;
    }

    static List<SqlNode> expanded(SqlNodeList items, Scope scope) {
        List<SqlNode> expanded = new ArrayList<>();
        for (SqlNode item : items) {
            if (item instanceof SqlIdentifier star && star.isStar()) {
                for (Field field : scope.starred(star)) {
                    SqlParserPos position = item.getParserPosition();
                    expanded.add(
                            field.alias().isEmpty()
                                    ? FlinkSql.column(field.name(), position)
                                    : FlinkSql.path(
                                            List.of(field.alias(), field.name()), position));
                }
            } else {
                expanded.add(item);
            }
        }
        return expanded;
    }

    /** An item without its name. */
    static SqlNode plain(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    static String name(SqlNode item, int index) {
        if (item.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple();
        }
        if (item instanceof SqlIdentifier identifier) {
            String last = identifier.names.get(identifier.names.size() - 1);
            return last.equalsIgnoreCase(Column.ROWTIME) ? Column.ROWTIME : last;
        }
        return "EXPR$" + index;
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int i = 0; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }
}
