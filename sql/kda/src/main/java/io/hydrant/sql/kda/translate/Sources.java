package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Stages.KeyPair;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in FROM. */
final class Sources {

    private final Context context;
    private final Queries queries;
    private final Windows windows;
    private final Stages stages;

    Sources(Context context, Queries queries, Windows windows) {
        this.context = context;
        this.queries = queries;
        this.windows = windows;
        stages = context.stages();
    }

    /**
     * One thing in FROM.
     *
     * @param scope its names
     * @param table the reference table that it is; null if it is a stream
     * @param reach how far back and ahead a join considers its rows; null where the query does not
     *     say
     */
    private record Source(Scope scope, Relation table, long[] reach) {}

    /** The stage that FROM becomes, and what can be named in it. */
    Scope from(SqlNode from, SqlNode where) {
        Source source = source(from, null, where);
        if (source.table() != null) {
            throw new Refusal(
                    from, source.table().name() + " is a reference table; join a stream with it.");
        }
        return source.scope();
    }

    private Source source(SqlNode node, String alias, SqlNode where) {
        switch (node.getKind()) {
            case AS -> {
                SqlCall as = (SqlCall) node;
                Source source =
                        source(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple(), where);
                return as.operandCount() > 2 ? renamed(source, as) : source;
            }
            case OVER -> {
                SqlCall over = (SqlCall) node;
                Source source = source(over.operand(0), alias, where);
                return new Source(
                        source.scope(),
                        source.table(),
                        Windows.reach(windows.window(over.operand(1))));
            }
            case IDENTIFIER -> {
                return named((SqlIdentifier) node, alias);
            }
            case SELECT, UNION, ORDER_BY, INTERSECT, EXCEPT -> {
                return query(queries.translate(node), alias == null ? "" : alias);
            }
            case JOIN -> {
                return join((SqlJoin) node, where);
            }
            case COLLECTION_TABLE -> {
                return new Source(
                        new TableFunctions(context, queries).call((SqlCall) node, alias),
                        null,
                        null);
            }
            default -> {
                if (node instanceof org.apache.calcite.sql.SqlTableRef table) {
                    return named((SqlIdentifier) table.getOperandList().get(0), alias);
                }
                throw new Refusal(node, node.getKind() + " in FROM is not supported.");
            }
        }
    }

    private static Source renamed(Source source, SqlCall as) {
        List<Field> fields = new ArrayList<>();
        int next = 2;
        for (Field field : source.scope().fields()) {
            if (field.starred() && next < as.operandCount()) {
                String name = ((SqlIdentifier) as.operand(next++)).getSimple();
                fields.add(new Field(field.alias(), name, field.column(), field.type(), true));
            } else {
                fields.add(field);
            }
        }
        return new Source(new Scope(source.scope().view(), fields), source.table(), source.reach());
    }

    private Source named(SqlIdentifier identifier, String alias) {
        String name = identifier.names.get(identifier.names.size() - 1);
        SqlNode view = Applications.find(context.views(), name);
        if (view != null) {
            return query(queries.translate(view), alias == null ? name : alias);
        }
        Relation relation = Applications.find(context.relations(), name);
        if (relation == null) {
            throw new Refusal(
                    identifier,
                    "There is no stream "
                            + name
                            + "; there are "
                            + String.join(", ", context.relations().keySet())
                            + ". Names without quotes are taken in upper case.");
        }
        String known = alias == null ? name : alias;
        List<Field> fields = new ArrayList<>();
        boolean table = relation.kind() == Relation.Kind.REFERENCE;
        if (!table) {
            fields.add(new Field(known, Column.ROWTIME, Column.ROWTIME, null, false));
        }
        for (Column column : relation.columns()) {
            fields.add(new Field(known, column.name(), column.name(), column.type(), true));
        }
        for (Column column : relation.system()) {
            fields.add(new Field(known, column.name(), column.name(), column.type(), false));
        }
        return new Source(
                new Scope(table ? relation.name() : stages.source(relation), fields),
                table ? relation : null,
                null);
    }

    private static Source query(Output output, String alias) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(alias, Column.ROWTIME, Column.ROWTIME, null, false));
        for (Column column : output.columns()) {
            if (!column.name().equals(Column.ROWTIME)) {
                boolean time = output.times().contains(column.name());
                String means = time ? Column.ROWTIME : column.name();
                fields.add(new Field(alias, column.name(), means, column.type(), true));
            }
        }
        return new Source(new Scope(output.view(), fields), null, null);
    }

    private Source join(SqlJoin join, SqlNode where) {
        boolean comma =
                join.getJoinType() == JoinType.COMMA || join.getJoinType() == JoinType.CROSS;
        Source left = source(join.getLeft(), null, where);
        Source right = source(join.getRight(), null, where);
        if (left.table() != null && right.table() == null) {
            boolean turned = join.getJoinType() == JoinType.RIGHT;
            return lookup(
                    join,
                    right,
                    left,
                    comma ? where : null,
                    turned,
                    join.getJoinType() == JoinType.LEFT);
        }
        if (right.table() != null && left.table() == null) {
            boolean outer = join.getJoinType() == JoinType.LEFT;
            return lookup(
                    join,
                    left,
                    right,
                    comma ? where : null,
                    outer,
                    join.getJoinType() == JoinType.RIGHT);
        }
        if (right.table() != null) {
            throw new Refusal(join, "Two reference tables cannot be joined without a stream.");
        }
        return streams(join, left, right, comma ? where : null);
    }

    /** Two streams: rows are pairs whose times are within the windows of both sides. */
    private Source streams(SqlJoin join, Source left, Source right, SqlNode where) {
        if (left.reach() == null && right.reach() == null) {
            throw new Refusal(
                    join,
                    "A join of streams needs a window on one side at least: stream OVER (RANGE INTERVAL '1'"
                            + " MINUTE PRECEDING).");
        }
        // What follows a row of one side is what precedes a row of the other.
        long reachLeft = Math.max(reach(left, 0), reach(right, 1));
        long reachRight = Math.max(reach(right, 0), reach(left, 1));
        Source first = prefixed(left, "$L.");
        Source second = prefixed(right, "$R.");
        List<Field> both = new ArrayList<>(first.scope().fields());
        both.addAll(second.scope().fields());
        Expressions conditions =
                new Expressions(
                        new Scope(first.scope().view(), both),
                        stages,
                        context.functions(),
                        node -> null);
        List<String> on = new ArrayList<>();
        on.add(
                "`$L.ROWTIME` BETWEEN `$R.ROWTIME` - "
                        + Intervals.flink(reachLeft)
                        + " AND `$R.ROWTIME` + "
                        + Intervals.flink(reachRight));
        on.addAll(conditions(join, first, second, conditions));
        if (where != null) {
            on.add(conditions.sql(where));
        }
        String type =
                switch (join.getJoinType()) {
                    case LEFT -> "LEFT JOIN";
                    case RIGHT -> "RIGHT JOIN";
                    case FULL -> "FULL JOIN";
                    case INNER, COMMA, CROSS -> "JOIN";
                    default ->
                            throw new Refusal(join, join.getJoinType() + " join is not supported.");
                };
        String rowtime =
                "CASE WHEN `$R.ROWTIME` IS NULL THEN CAST(`$L.ROWTIME` AS TIMESTAMP(3)) + "
                        + Intervals.flink(reachLeft)
                        + " WHEN `$L.ROWTIME` IS NULL THEN CAST(`$R.ROWTIME` AS TIMESTAMP(3)) + "
                        + Intervals.flink(reachRight)
                        + " WHEN "
                        + ofLeft(left, right)
                        + " THEN CAST(`$L.ROWTIME` AS TIMESTAMP(3))"
                        + " ELSE CAST(`$R.ROWTIME` AS TIMESTAMP(3)) END";
        List<String> columns = new ArrayList<>();
        columns.add("CAST(" + rowtime + " AS TIMESTAMP(3)) AS `ROWTIME`");
        for (Field field : both) {
            String column = FlinkSql.name(field.column());
            columns.add(
                    field.name().equals(Column.ROWTIME)
                            ? "CAST(" + column + " AS TIMESTAMP(3)) AS " + column
                            : column);
        }
        String view = context.names().next();
        stages.view(
                view,
                "SELECT "
                        + columns.stream().distinct().collect(Collectors.joining(", "))
                        + " FROM "
                        + FlinkSql.name(first.scope().view())
                        + " "
                        + type
                        + " "
                        + FlinkSql.name(second.scope().view())
                        + " ON "
                        + String.join(" AND ", on),
                join.getParserPosition());
        String retimed = context.names().next();
        stages.retime(retimed, view);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("", Column.ROWTIME, Column.ROWTIME, null, false));
        boolean full = join.getJoinType() == JoinType.FULL;
        for (SqlIdentifier column : full ? List.<SqlIdentifier>of() : common(join, first, second)) {
            // Without an alias it is the column of the side that always has a row.
            Scope kept = join.getJoinType() == JoinType.RIGHT ? second.scope() : first.scope();
            String name = column.names.get(column.names.size() - 1);
            fields.add(new Field("", name, kept.resolve(column).get(0), null, false));
        }
        fields.addAll(both);
        return new Source(new Scope(retimed, fields), null, null);
    }

    /**
     * When a pair has the time of its left row: the row with the later time completes it, but where
     * the window of a side follows the other's row, it is that row's. Source: SQL reference,
     * "ROWTIME".
     */
    private static String ofLeft(Source left, Source right) {
        boolean leftFollows = reach(left, 1) > 0 && reach(left, 0) == 0;
        boolean rightFollows = reach(right, 1) > 0 && reach(right, 0) == 0;
        if (leftFollows && rightFollows) {
            return "`$L.ROWTIME` < `$R.ROWTIME`";
        }
        if (leftFollows || rightFollows) {
            return rightFollows ? "TRUE" : "FALSE";
        }
        return "`$L.ROWTIME` > `$R.ROWTIME`";
    }

    private static long reach(Source side, int direction) {
        return side.reach() == null ? 0 : side.reach()[direction];
    }

    private List<String> conditions(
            SqlJoin join, Source left, Source right, Expressions expressions) {
        if (join.getConditionType() == JoinConditionType.ON) {
            return List.of(expressions.sql(join.getCondition()));
        }
        List<String> equal = new ArrayList<>();
        for (SqlIdentifier column : common(join, left, right)) {
            equal.add(
                    FlinkSql.name(left.scope().resolve(column).get(0))
                            + " = "
                            + FlinkSql.name(right.scope().resolve(column).get(0)));
        }
        return equal;
    }

    /** The columns of both sides that USING names, or that NATURAL means. */
    private static List<SqlIdentifier> common(SqlJoin join, Source left, Source right) {
        List<SqlIdentifier> common = new ArrayList<>();
        if (join.getConditionType() == JoinConditionType.USING) {
            for (SqlNode name : (SqlNodeList) join.getCondition()) {
                common.add((SqlIdentifier) name);
            }
        } else if (join.isNatural()) {
            for (Field field : left.scope().fields()) {
                boolean both =
                        field.starred()
                                && right.scope().fields().stream()
                                        .anyMatch(
                                                f -> f.starred() && f.name().equals(field.name()));
                if (both) {
                    common.add(new SqlIdentifier(field.name(), join.getParserPosition()));
                }
            }
        }
        return common;
    }

    /** The same rows with columns that no other side has. */
    private Source prefixed(Source source, String prefix) {
        String view = context.names().next();
        List<String> columns =
                source.scope().fields().stream()
                        .map(Field::column)
                        .distinct()
                        .map(c -> FlinkSql.name(c) + " AS " + FlinkSql.name(prefix + c))
                        .toList();
        stages.view(
                view,
                "SELECT "
                        + String.join(", ", columns)
                        + " FROM "
                        + FlinkSql.name(source.scope().view()),
                org.apache.calcite.sql.parser.SqlParserPos.ZERO);
        List<Field> fields =
                source.scope().fields().stream()
                        .map(
                                f ->
                                        new Field(
                                                f.alias(),
                                                f.name(),
                                                prefix + f.column(),
                                                f.type(),
                                                f.starred()))
                        .toList();
        return new Source(new Scope(view, fields), source.table(), source.reach());
    }

    /** A stream and a reference table: each row beside the table's rows that it matches. */
    private Source lookup(
            SqlJoin join,
            Source stream,
            Source table,
            SqlNode where,
            boolean outer,
            boolean ofTable) {
        if (ofTable || join.getJoinType() == JoinType.FULL) {
            throw new Refusal(
                    join,
                    "Rows of a reference table alone are not rows of a stream; use a join that keeps the stream's.");
        }
        String prefix = context.names().next() + ".";
        List<Field> fields = new ArrayList<>(stream.scope().fields());
        for (Field field : table.scope().fields()) {
            fields.add(
                    new Field(
                            field.alias(),
                            field.name(),
                            prefix + field.name(),
                            field.type(),
                            field.starred()));
        }
        List<SqlNode> conditions = new ArrayList<>();
        if (join.getConditionType() == JoinConditionType.ON) {
            conjuncts(join.getCondition(), conditions);
        } else if (join.getConditionType() == JoinConditionType.USING) {
            throw new Refusal(join, "USING is not supported with a reference table; write ON.");
        }
        if (where != null) {
            conjuncts(where, conditions);
        }
        Scope all = new Scope(stream.scope().view(), fields);
        List<KeyPair> keys = new ArrayList<>();
        List<SqlNode> rest = new ArrayList<>();
        List<String> computed = new ArrayList<>();
        Expressions expressions =
                new Expressions(stream.scope(), stages, context.functions(), node -> null);
        for (SqlNode condition : conditions) {
            KeyPair pair = pair(condition, expressions, table, all, prefix, computed);
            if (pair == null) {
                rest.add(condition);
            } else {
                keys.add(pair);
            }
        }
        if (outer && !rest.isEmpty()) {
            throw new Refusal(
                    rest.get(0),
                    "An outer join with a reference table is on equal columns only; filter the table's rows in"
                            + " a query of its own, or the result in WHERE.");
        }
        String keyed = context.names().next();
        stages.view(
                keyed,
                "SELECT *"
                        + computed.stream().map(c -> ", " + c).collect(Collectors.joining())
                        + " FROM "
                        + FlinkSql.name(stream.scope().view()),
                join.getParserPosition());
        String view = context.names().next();
        stages.reference(view, keyed, table.table().name(), keys, outer, prefix);
        Scope joined = new Scope(view, fields);
        if (!rest.isEmpty()) {
            Expressions filter = new Expressions(joined, stages, context.functions(), node -> null);
            String filtered = context.names().next();
            stages.view(
                    filtered,
                    "SELECT * FROM "
                            + FlinkSql.name(view)
                            + " WHERE "
                            + rest.stream().map(filter::sql).collect(Collectors.joining(" AND ")),
                    join.getParserPosition());
            joined = joined.over(filtered);
        }
        return new Source(joined, null, null);
    }

    private static void conjuncts(SqlNode condition, List<SqlNode> into) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(c -> conjuncts(c, into));
        } else {
            into.add(condition);
        }
    }

    /** The key that an equality of an expression of the stream and a column of the table makes. */
    private static KeyPair pair(
            SqlNode condition,
            Expressions ofStream,
            Source table,
            Scope all,
            String prefix,
            List<String> computed) {
        if (!(condition instanceof SqlCall equal)
                || !equal.getOperator().equals(SqlStdOperatorTable.EQUALS)) {
            return null;
        }
        for (int side = 0; side < 2; side++) {
            SqlNode column = equal.operand(side);
            if (!(column instanceof SqlIdentifier name)) {
                continue;
            }
            try {
                List<String> path = all.resolve(name);
                if (path.size() == 1 && path.get(0).startsWith(prefix)) {
                    String expression = ofStream.sql(equal.operand(1 - side));
                    String left = "$KEY" + prefix + computed.size();
                    computed.add(expression + " AS " + FlinkSql.name(left));
                    String right = table.scope().resolve(name).get(0);
                    return new KeyPair(left, right);
                }
            } catch (Refusal ofBoth) {
                // Not a column of one side against an expression of the other: a condition behind
                // the join.
            }
        }
        return null;
    }
}
