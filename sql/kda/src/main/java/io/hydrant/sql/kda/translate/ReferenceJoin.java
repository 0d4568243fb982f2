package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Source;
import io.hydrant.sql.kda.translate.Stages.KeyPair;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

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
