package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Source;
import io.hydrant.sql.kda.translate.Stages.Keep;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A join of a stream and a reference table. */
final class ReferenceJoin {

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
                            prefix + field.column(),
                            field.type(),
                            field.starred()));
        }
        Scope all = new Scope(stream.scope().view(), fields);
        ReferenceKeys keys =
                new ReferenceKeys(
                        new Expressions(stream.scope(), stages, context.functions(), node -> null)
                                .unwatched(),
                        name -> column(name, table, all, prefix),
                        prefix);
        if (join.getConditionType() == JoinConditionType.ON) {
            keys.add(join.getCondition());
        } else if (join.getConditionType() == JoinConditionType.USING) {
            throw new Refusal(join, "USING is not supported with a reference table; write ON.");
        }
        if (where != null) {
            keys.add(where);
        }
        ReferenceLookup lookup = new ReferenceLookup(context, join.getParserPosition());
        List<SqlNode> rest = keys.rest();
        String name = table.table().name();
        if (outer && !rest.isEmpty()) {
            Expressions conditions =
                    new Expressions(all, stages, context.functions(), node -> null).unwatched();
            List<String> matching =
                    rest.stream().map(c -> "(" + conditions.sql(c) + ") IS TRUE").toList();
            String matched =
                    lookup.matched(
                            stream.scope().view(), name, keys, matching, prefix, Keep.PAIRS_OR_ROW);
            return new Source(new Scope(matched, fields), null, null);
        }
        String view = lookup.equal(stream.scope().view(), name, keys, prefix, outer);
        Scope joined = new Scope(view, fields);
        if (!rest.isEmpty()) {
            Expressions filter =
                    new Expressions(joined, stages, context.functions(), node -> null).unwatched();
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

    /** The column of the table that a name means; null for one of the stream. */
    private static Field column(SqlIdentifier name, Source table, Scope all, String prefix) {
        List<String> path;
        try {
            path = all.resolve(name);
        } catch (Refusal unclear) {
            return null;
        }
        return path.size() == 1 && path.get(0).startsWith(prefix)
                ? table.scope().fields().stream()
                        .filter(f -> path.get(0).equals(prefix + f.column()))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
