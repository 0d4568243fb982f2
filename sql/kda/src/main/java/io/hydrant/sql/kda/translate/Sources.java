package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * @param table the rows of a reference table that it is; null if it is a stream
     * @param window which of its rows a join considers; null where the query does not say
     * @param parts of the pairs of a join: how long each of their rows can be joined with others
     */
    record Source(Scope scope, TableRows table, SqlWindow window, List<Part> parts) {

        Source(Scope scope, TableRows table, SqlWindow window) {
            this(scope, table, window, List.of());
        }
    }

    /**
     * A row of a pair.
     *
     * @param time the column with its ROWTIME
     * @param reach for how many milliseconds from then on its window has it
     */
    record Part(String time, long reach) {}

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
                return new Source(source.scope(), source.table(), windows.window(over.operand(1)));
            }
            case IDENTIFIER -> {
                return named((SqlIdentifier) node, alias);
            }
            case SELECT, UNION, ORDER_BY, WITH, INTERSECT, EXCEPT -> {
                return query(node, alias == null ? "" : alias, queries, context);
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
            case VALUES ->
                    throw new Refusal(
                            node, "VALUES is no stream; in FROM it stands in a join with one.");
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
        long width = source.scope().fields().stream().filter(Field::starred).count();
        if (as.operandCount() - 2 != width) {
            throw new Refusal(
                    as,
                    "There are "
                            + width
                            + " columns, without ROWTIME, and "
                            + (as.operandCount() - 2)
                            + " names for them.");
        }
        int next = 2;
        for (Field field : source.scope().fields()) {
            if (field.starred() && next < as.operandCount()) {
                SqlIdentifier named = as.operand(next++);
                String name = named.getSimple();
                if (name.equals(Column.ROWTIME)) {
                    throw new Refusal(
                            named,
                            "ROWTIME is a column that every stream has beside the ones that are named;"
                                    + " choose another name.");
                }
                fields.add(new Field(field.alias(), name, field.column(), field.type(), true));
            } else {
                fields.add(field);
            }
        }
        return new Source(
                new Scope(source.scope().view(), fields, source.scope().rising()),
                source.table(),
                source.window());
    }

    private Source named(SqlIdentifier identifier, String alias) {
        String name = identifier.names.get(identifier.names.size() - 1);
        SqlNode view = Applications.find(context.views(), name);
        if (view != null) {
            // A view does not read itself: what has its name inside it is a stream.
            Map<String, SqlNode> others = new LinkedHashMap<>(context.views());
            others.values().removeIf(other -> other == view);
            Context without = context.with(others);
            return query(view, alias == null ? name : alias, new Queries(without), without);
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
                table ? TableRows.all(relation) : null,
                null);
    }

    private Source query(SqlNode query, String alias, Queries others, Context around) {
        TableQuery ofTable = new TableQuery(around);
        if (query instanceof SqlSelect select && ofTable.isTable(select)) {
            Sources inside = new Sources(around, others, windows);
            return ofTable.shown(select, inside.source(select.getFrom(), null, null), alias);
        }
        return query(others.translate(query), alias);
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
        return new Source(new Scope(output.view(), fields, output.rising()), null, null);
    }

    private Source join(SqlJoin join, SqlNode where) {
        boolean comma =
                join.getJoinType() == JoinType.COMMA || join.getJoinType() == JoinType.CROSS;
        if (ValuesJoin.isValues(join.getRight())) {
            return new ValuesJoin(context)
                    .join(join, source(join.getLeft(), null, where), join.getRight(), false);
        }
        if (ValuesJoin.isValues(join.getLeft())) {
            return new ValuesJoin(context)
                    .join(join, source(join.getRight(), null, where), join.getLeft(), true);
        }
        Source left = source(join.getLeft(), null, where);
        Source right = source(join.getRight(), null, where);
        if (left.table() != null && right.table() == null) {
            boolean turned = join.getJoinType() == JoinType.RIGHT;
            return new ReferenceJoin(context)
                    .join(
                            join,
                            right,
                            left,
                            comma ? where : null,
                            true,
                            turned,
                            join.getJoinType() == JoinType.LEFT);
        }
        if (right.table() != null && left.table() == null) {
            boolean outer = join.getJoinType() == JoinType.LEFT;
            return new ReferenceJoin(context)
                    .join(
                            join,
                            left,
                            right,
                            comma ? where : null,
                            false,
                            outer,
                            join.getJoinType() == JoinType.RIGHT);
        }
        if (right.table() != null) {
            throw new Refusal(join, "Two reference tables cannot be joined without a stream.");
        }
        return new StreamJoin(context).join(join, left, right, comma ? where : null);
    }
}
