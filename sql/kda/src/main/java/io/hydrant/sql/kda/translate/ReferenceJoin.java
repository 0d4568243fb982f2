package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.ReferenceLookup.Beside;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Source;
import io.hydrant.sql.kda.translate.Stages.Keep;
import io.hydrant.sql.kda.translate.TableRows.Computed;
import io.hydrant.sql.kda.translate.TableRows.Condition;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.types.logical.LogicalType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A join of a stream and a reference table. */
final class ReferenceJoin {

    /** Names for the sides while columns of one name are compared; no alias is such. */
    private static final String LEFT = "$L";

    private static final String RIGHT = "$R";

    private final Context context;
    private final Stages stages;

    ReferenceJoin(Context context) {
        this.context = context;
        stages = context.stages();
    }

    /** A stream and a reference table: each row beside the table's rows that it matches. */
    Source join(
            SqlJoin join,
            Source stream,
            Source table,
            SqlNode where,
            boolean tableFirst,
            boolean outer,
            boolean tableKept) {
        if (tableKept || join.getJoinType() == JoinType.FULL) {
            throw new Refusal(
                    join,
                    "Rows of a reference table alone are not rows of a stream; use a join that keeps the stream's.");
        }
        TableRows rows = table.table();
        String prefix = context.names().next() + ".";
        List<Field> ofStream = new ArrayList<>(stream.scope().fields());
        List<Field> ofTable = prefixed(table.scope(), prefix);
        List<SqlNode> equal = new ArrayList<>();
        List<Field> shared = new ArrayList<>();
        for (SqlIdentifier column : StreamJoin.common(join, stream, table)) {
            // Without an alias it is the stream's, which each row has.
            Field one = stream.scope().field(column);
            Field other = table.scope().field(column);
            shared.add(new Field("", one.name(), one.column(), one.type(), true));
            one.mergeIn(ofStream);
            other.in(prefix + other.column()).mergeIn(ofTable);
            ofStream.add(new Field(LEFT, one.name(), one.column(), one.type(), false));
            ofTable.add(new Field(RIGHT, one.name(), prefix + other.column(), other.type(), false));
            SqlParserPos position = column.getParserPosition();
            equal.add(
                    SqlStdOperatorTable.EQUALS.createCall(
                            position,
                            FlinkSql.path(List.of(LEFT, one.name()), position),
                            FlinkSql.path(List.of(RIGHT, one.name()), position)));
        }
        List<Field> both = new ArrayList<>(shared);
        both.addAll(tableFirst ? ofTable : ofStream);
        both.addAll(tableFirst ? ofStream : ofTable);
        Scope all = new Scope(stream.scope().view(), both);
        ReferenceKeys keys =
                new ReferenceKeys(
                        expressions(new Scope(stream.scope().view(), ofStream)),
                        name -> column(name, all, prefix),
                        prefix,
                        column -> rows.isStored(column));
        equal.forEach(keys::add);
        if (join.getConditionType() == JoinConditionType.ON) {
            keys.add(join.getCondition());
        }
        if (where != null) {
            keys.add(where);
        }
        ReferenceLookup lookup = new ReferenceLookup(context, join.getParserPosition());
        Function<String, List<String>> conditions =
                view -> conditions(rows, keys.rest(), all.over(view), prefix);
        if (outer && !(keys.rest().isEmpty() && rows.isPlain())) {
            List<Column> columns = new ArrayList<>();
            String matched =
                    lookup.matched(
                            stream.scope().view(),
                            rows.name(),
                            keys,
                            found -> {
                                Beside computed = computed(rows, found, prefix, join);
                                columns.addAll(computed.columns());
                                return computed;
                            },
                            conditions,
                            prefix,
                            Keep.PAIRS_OR_ROW);
            return new Source(named(all, matched, columns), null, null);
        }
        Beside joined =
                computed(
                        rows,
                        lookup.equal(stream.scope().view(), rows.name(), keys, prefix, outer),
                        prefix,
                        join);
        List<String> matching = conditions.apply(joined.view());
        String view = joined.view();
        if (!matching.isEmpty()) {
            view = context.names().next();
            stages.view(
                    view,
                    "SELECT * FROM "
                            + FlinkSql.name(joined.view())
                            + " WHERE "
                            + String.join(" AND ", matching),
                    join.getParserPosition());
        }
        return new Source(named(all, view, joined.columns()), null, null);
    }

    private Expressions expressions(Scope scope) {
        return new Expressions(scope, stages, context.functions(), node -> null).unwatched();
    }

    private static List<Field> prefixed(Scope table, String prefix) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.fields()) {
            fields.add(field.in(prefix + field.column()));
        }
        return fields;
    }

    /** The columns that queries of the table compute, beside its own. */
    private Beside computed(TableRows rows, Beside found, String prefix, SqlJoin join) {
        Beside all = found;
        for (Computed column : rows.computed()) {
            Scope scope = new Scope(all.view(), prefixed(column.scope(), prefix));
            String view = context.names().next();
            all =
                    new Beside(
                            view,
                            stages.view(
                                    view,
                                    "SELECT *, "
                                            + expressions(scope).sql(column.expression())
                                            + " AS "
                                            + FlinkSql.name(prefix + column.column())
                                            + " FROM "
                                            + FlinkSql.name(all.view()),
                                    join.getParserPosition()));
        }
        return all;
    }

    /** What is true of rows that belong together, beside equal keys. */
    private List<String> conditions(TableRows rows, List<SqlNode> rest, Scope all, String prefix) {
        List<String> conditions = new ArrayList<>();
        for (Condition condition : rows.conditions()) {
            Scope scope = new Scope(all.view(), prefixed(condition.scope(), prefix));
            conditions.add("(" + expressions(scope).sql(condition.expression()) + ") IS TRUE");
        }
        for (SqlNode condition : rest) {
            conditions.add("(" + expressions(all).sql(condition) + ") IS TRUE");
        }
        return conditions;
    }

    /** The names that there are behind the join; computed columns have the types of the stage. */
    private static Scope named(Scope all, String view, List<Column> columns) {
        Map<String, LogicalType> types = new HashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        List<Field> fields = new ArrayList<>();
        for (Field field : all.fields()) {
            if (field.alias().equals(LEFT) || field.alias().equals(RIGHT)) {
                continue;
            }
            boolean typed = field.type() != null || field.name().equals(Column.ROWTIME);
            fields.add(
                    typed
                            ? field
                            : new Field(
                                    field.alias(),
                                    field.name(),
                                    field.column(),
                                    types.get(field.column()),
                                    field.starred(),
                                    field.merged()));
        }
        return new Scope(view, fields);
    }

    /** The column of the table that a name means; null for one of the stream. */
    private static Field column(SqlIdentifier name, Scope all, String prefix) {
        List<String> path;
        try {
            path = all.resolve(name);
        } catch (Refusal unclear) {
            return null;
        }
        return path.size() == 1 && path.get(0).startsWith(prefix)
                ? all.fields().stream()
                        .filter(f -> path.get(0).equals(f.column()))
                        .findFirst()
                        .map(f -> f.in(f.column().substring(prefix.length())))
                        .orElse(null)
                : null;
    }
}
