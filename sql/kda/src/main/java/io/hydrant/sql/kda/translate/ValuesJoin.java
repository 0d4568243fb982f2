package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Source;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A join of a stream and constant rows: {@code JOIN (VALUES ('Fred', 10)) AS e (name, deptno) ON
 * …}.
 *
 * <p>Source: SQL reference, "FROM clause".
 */
final class ValuesJoin {

    private static final Set<JoinType> KEEPS_PAIRS =
            EnumSet.of(JoinType.INNER, JoinType.COMMA, JoinType.CROSS);

    private final Context context;
    private final Stages stages;
    private final Expressions constants;

    ValuesJoin(Context context) {
        this.context = context;
        stages = context.stages();
        constants =
                new Expressions(
                        new Scope("", List.of()), stages, context.functions(), node -> null);
    }

    /** Whether these are constant rows, with or without a name. */
    static boolean isValues(SqlNode node) {
        return (node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node).getKind()
                == SqlKind.VALUES;
    }

    /**
     * Each row of the stream beside each of the constant ones for which the condition is true.
     *
     * @param values the constant rows
     * @param first whether they stand before the stream
     */
    Source join(SqlJoin join, Source stream, SqlNode values, boolean first) {
        if (stream.table() != null) {
            throw new Refusal(
                    join, "A reference table and VALUES cannot be joined without a stream.");
        }
        if (!KEEPS_PAIRS.contains(join.getJoinType()) || join.isNatural()) {
            throw new Refusal(join, "A join with VALUES is an inner one, with ON or USING.");
        }
        SqlCall as = values.getKind() == SqlKind.AS ? (SqlCall) values : null;
        SqlCall rows = as == null ? (SqlCall) values : as.operand(0);
        String alias = as == null ? "" : ((SqlIdentifier) as.operand(1)).getSimple();
        List<String> names = names(as, rows);
        String prefix = context.names().next() + ".";
        String paired = context.names().next();
        List<Column> columns =
                stages.view(
                        paired,
                        "SELECT `$S`.*, `$V`.* FROM "
                                + FlinkSql.name(stream.scope().view())
                                + " AS `$S` CROSS JOIN UNNEST(ARRAY["
                                + rows.getOperandList().stream()
                                        .map(row -> row((SqlCall) row, names.size()))
                                        .collect(Collectors.joining(", "))
                                + "]) AS `$V`("
                                + names.stream()
                                        .map(name -> FlinkSql.name(prefix + name))
                                        .collect(Collectors.joining(", "))
                                + ")",
                        join.getParserPosition());
        List<Field> own = new ArrayList<>();
        for (Column column : columns.subList(columns.size() - names.size(), columns.size())) {
            String name = column.name().substring(prefix.length());
            own.add(new Field(alias, name, column.name(), column.type(), true));
        }
        List<Field> fields = new ArrayList<>(first ? own : stream.scope().fields());
        fields.addAll(first ? stream.scope().fields() : own);
        return filtered(join, new Scope(paired, fields), stream.scope(), new Scope(paired, own));
    }

    private static List<String> names(SqlCall as, SqlCall rows) {
        int width = ((SqlCall) rows.operand(0)).operandCount();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            names.add("EXPR$" + i);
        }
        for (int i = 2; as != null && i < as.operandCount(); i++) {
            if (i - 2 >= width) {
                throw new Refusal(as.operand(i), "VALUES has " + width + " columns only.");
            }
            names.set(i - 2, ((SqlIdentifier) as.operand(i)).getSimple());
        }
        return names;
    }

    private String row(SqlCall row, int width) {
        if (row.operandCount() != width) {
            throw new Refusal(row, "The rows of VALUES have the same number of columns.");
        }
        return row.getOperandList().stream()
                .map(this::constant)
                .collect(Collectors.joining(", ", "ROW(", ")"));
    }

    /** Texts of different lengths are of one type. */
    private String constant(SqlNode value) {
        String sql = constants.sql(value);
        return constants.type(sql, value.getParserPosition()).is(LogicalTypeFamily.CHARACTER_STRING)
                ? "CAST(" + sql + " AS STRING)"
                : sql;
    }

    private Source filtered(SqlJoin join, Scope joined, Scope stream, Scope values) {
        Expressions conditions =
                new Expressions(joined, stages, context.functions(), node -> null).unwatched();
        List<String> on = new ArrayList<>();
        List<Field> shared = new ArrayList<>();
        List<Field> fields = new ArrayList<>(joined.fields());
        if (join.getConditionType() == JoinConditionType.ON) {
            on.add(conditions.sql(join.getCondition()));
        } else if (join.getConditionType() == JoinConditionType.USING) {
            for (SqlNode name : (SqlNodeList) join.getCondition()) {
                Field one = stream.field((SqlIdentifier) name);
                Field other = values.field((SqlIdentifier) name);
                on.add(FlinkSql.name(one.column()) + " = " + FlinkSql.name(other.column()));
                one.mergeIn(fields);
                other.mergeIn(fields);
                shared.add(new Field("", one.name(), one.column(), one.type(), true));
            }
        }
        if (on.isEmpty()) {
            return new Source(joined, null, null);
        }
        String matching = context.names().next();
        stages.view(
                matching,
                "SELECT * FROM "
                        + FlinkSql.name(joined.view())
                        + " WHERE "
                        + String.join(" AND ", on),
                join.getParserPosition());
        shared.addAll(fields);
        return new Source(new Scope(matching, shared), null, null);
    }
}
