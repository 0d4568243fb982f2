package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Stages.Keep;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Conditions of WHERE that look for rows of a reference table: IN and EXISTS with a query, and
 * their negations.
 *
 * <p>Source: SQL reference, "Streaming SQL Operators", "IN Operator" and "EXISTS Operator".
 */
final class TableConditions {

    private final Context context;
    private final Stages stages;

    TableConditions(Context context) {
        this.context = context;
        stages = context.stages();
    }

    /** The SELECT without those of its conditions, which are put into a list. */
    static SqlSelect without(SqlSelect select, List<SqlNode> into) {
        if (select.getWhere() == null) {
            return select;
        }
        List<SqlNode> rest = new ArrayList<>();
        split(select.getWhere(), into, rest);
        if (into.isEmpty()) {
            return select;
        }
        SqlSelect without = (SqlSelect) select.clone(select.getParserPosition());
        without.setWhere(
                rest.stream()
                        .reduce(
                                (one, other) ->
                                        SqlStdOperatorTable.AND.createCall(
                                                one.getParserPosition(), one, other))
                        .orElse(null));
        return without;
    }

    private static void split(SqlNode condition, List<SqlNode> ofTables, List<SqlNode> rest) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(c -> split(c, ofTables, rest));
        } else {
            (isOfTable(condition) ? ofTables : rest).add(condition);
        }
    }

    private static boolean isOfTable(SqlNode condition) {
        return switch (condition.getKind()) {
            case NOT -> isOfTable(((SqlCall) condition).operand(0));
            case EXISTS -> true;
            case IN, NOT_IN -> {
                SqlNode list = ((SqlCall) condition).operand(1);
                yield list.isA(SqlKind.QUERY) && list.getKind() != SqlKind.VALUES;
            }
            default -> false;
        };
    }

    /** The rows for which the condition is true. */
    Scope apply(Scope scope, SqlNode condition, boolean negated) {
        SqlCall call = (SqlCall) condition;
        if (condition.getKind() == SqlKind.NOT) {
            return apply(scope, call.operand(0), !negated);
        }
        boolean exists = condition.getKind() == SqlKind.EXISTS;
        boolean none = negated != (condition.getKind() == SqlKind.NOT_IN);
        SqlSelect query = query(call.operand(exists ? 0 : 1));
        String prefix = context.names().next() + ".";
        Scope table = table(query);
        Expressions ofStream =
                new Expressions(scope, stages, context.functions(), node -> null).unwatched();
        ReferenceKeys keys =
                new ReferenceKeys(ofStream, name -> column(name, table), prefix, any -> true);
        if (query.getWhere() != null) {
            keys.add(query.getWhere());
        }
        List<SqlNode> equal =
                exists ? List.of() : equal(call.operand(0), query, table, ofStream, call);
        if (!none) {
            equal.forEach(keys::add);
        }
        refuseHazards(ofStream, call);
        return scope.over(
                new ReferenceLookup(context, call.getParserPosition())
                        .matched(
                                scope.view(),
                                table.view(),
                                keys,
                                UnaryOperator.identity(),
                                view ->
                                        conditions(
                                                inside(scope.over(view), table, prefix),
                                                keys.rest(),
                                                none ? equal : List.of()),
                                prefix,
                                none ? Keep.ROW_IF_NONE : Keep.ROW_IF_ANY));
    }

    /**
     * What is true of rows that belong together.
     *
     * @param unlessFalse conditions of values that, where they are not known, may be in the list
     */
    private static List<String> conditions(
            Expressions inside, List<SqlNode> conditions, List<SqlNode> unlessFalse) {
        List<String> written = new ArrayList<>();
        conditions.forEach(c -> written.add("(" + inside.sql(c) + ") IS TRUE"));
        unlessFalse.forEach(c -> written.add("(" + inside.sql(c) + ") IS NOT FALSE"));
        return written;
    }

    private Expressions inside(Scope scope, Scope table, String prefix) {
        return new Expressions(
                        scope,
                        stages,
                        context.functions(),
                        node ->
                                node instanceof SqlIdentifier name && !name.isStar()
                                        ? inside(name, table, prefix)
                                        : null)
                .unwatched();
    }

    private SqlSelect query(SqlNode node) {
        if (node instanceof SqlSelect select
                && select.getFrom() != null
                && select.getGroup() == null
                && select.getHaving() == null
                && relation(select.getFrom()) != null) {
            return select;
        }
        throw new Refusal(
                node,
                "A query in a condition reads one reference table, without GROUP BY; write the"
                        + " condition as a join.");
    }

    private Relation relation(SqlNode from) {
        SqlNode table = from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
        if (table instanceof SqlTableRef reference) {
            table = reference.getOperandList().get(0);
        }
        if (!(table instanceof SqlIdentifier name)) {
            return null;
        }
        Relation relation =
                Applications.find(context.relations(), name.names.get(name.names.size() - 1));
        return relation != null && relation.kind() == Relation.Kind.REFERENCE ? relation : null;
    }

    private Scope table(SqlSelect query) {
        SqlNode from = query.getFrom();
        Relation relation = relation(from);
        String alias =
                from.getKind() == SqlKind.AS
                        ? ((SqlIdentifier) ((SqlCall) from).operand(1)).getSimple()
                        : relation.name();
        List<Field> fields = new ArrayList<>();
        for (Column column : relation.columns()) {
            fields.add(new Field(alias, column.name(), column.name(), column.type(), true));
        }
        return new Scope(relation.name(), fields);
    }

    /** Names inside mean the table's columns, where it has such; then the stream's. */
    private static SqlNode inside(SqlIdentifier name, Scope table, String prefix) {
        Field column = column(name, table);
        return column == null
                ? null
                : FlinkSql.column(prefix + column.column(), name.getParserPosition());
    }

    private static Field column(SqlIdentifier name, Scope table) {
        try {
            String column = table.resolve(name).get(0);
            return table.fields().stream()
                    .filter(f -> f.column().equals(column))
                    .findFirst()
                    .orElse(null);
        } catch (Refusal ofStream) {
            return null;
        }
    }

    /** The value that is looked for, column by column beside what the query shows. */
    private static List<SqlNode> equal(
            SqlNode value, SqlSelect query, Scope table, Expressions ofStream, SqlCall call) {
        List<SqlNode> values =
                value.getKind() == SqlKind.ROW
                        ? ((SqlCall) value).getOperandList()
                        : List.of(value);
        List<SqlNode> shown = new ArrayList<>();
        for (SqlNode item : query.getSelectList()) {
            if (item instanceof SqlIdentifier star && star.isStar()) {
                table.fields()
                        .forEach(
                                f ->
                                        shown.add(
                                                FlinkSql.path(
                                                        List.of(f.alias(), f.name()),
                                                        item.getParserPosition())));
            } else {
                shown.add(Queries.plain(item));
            }
        }
        if (shown.size() != values.size()) {
            throw new Refusal(
                    call,
                    "What is looked for has "
                            + values.size()
                            + " columns, what the query shows "
                            + shown.size()
                            + ".");
        }
        List<SqlNode> equal = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            SqlNode one = values.get(i);
            String sql = ofStream.sql(one);
            boolean padded = ofStream.type(sql, one.getParserPosition()).is(LogicalTypeRoot.CHAR);
            equal.add(
                    SqlStdOperatorTable.EQUALS.createCall(
                            one.getParserPosition(),
                            new Raw(padded ? "RTRIM(" + sql + ")" : sql, one.getParserPosition()),
                            shown.get(i)));
        }
        return equal;
    }

    private static void refuseHazards(Expressions ofStream, SqlCall call) {
        if (!ofStream.hazards().isEmpty()) {
            throw new Refusal(
                    call,
                    "What is looked for cannot be computed for each row; compute it in a query in"
                            + " FROM.");
        }
    }
}
