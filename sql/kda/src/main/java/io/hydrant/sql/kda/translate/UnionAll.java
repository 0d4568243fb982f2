package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows of two queries, column beside column. */
final class UnionAll {

    private static final String TIME = "`ROWTIME`";

    private final Context context;
    private final Queries queries;

    UnionAll(Context context, Queries queries) {
        this.context = context;
        this.queries = queries;
    }

    Output translate(SqlBasicCall union) {
        if (!union.getOperator().getName().endsWith("ALL")) {
            throw new Refusal(
                    union,
                    "UNION of streams would wait for ever for equal rows, and Kinesis Data Analytics had"
                            + " none; write UNION ALL, around each query SELECT STREAM DISTINCT.");
        }
        Output left = queries.translate(union.operand(0));
        Output right = queries.translate(union.operand(1));
        int width = left.columns().size();
        if (width != right.columns().size()) {
            throw new Refusal(
                    union,
                    "The queries of a UNION ALL have the same number of columns; these have "
                            + width
                            + " and "
                            + right.columns().size()
                            + ".");
        }
        List<String> lefts = new ArrayList<>(List.of(TIME));
        List<String> rights = new ArrayList<>(List.of(TIME));
        List<Column> shown = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Column first = left.columns().get(i);
            Column second = right.columns().get(i);
            if (ComparedTypes.differ(first.type(), second.type())) {
                throw new Refusal(
                        union,
                        "Column "
                                + (i + 1)
                                + " of the queries of this UNION ALL is "
                                + first.type().copy(true).asSummaryString()
                                + " in the first and "
                                + second.type().copy(true).asSummaryString()
                                + " in the second; write CAST(… AS …) in one of them.");
            }
            if (isTime(first) && isTime(second)) {
                shown.add(first);
                continue;
            }
            String name = isTime(first) ? "$TIME" + i : first.name();
            lefts.add(value(first, second) + " AS " + FlinkSql.name(name));
            rights.add(value(second, first) + " AS " + FlinkSql.name(name));
            shown.add(new Column(name, isNull(first) ? second.type() : first.type()));
        }
        String view = context.names().next();
        List<Column> columns =
                context.stages()
                        .view(
                                view,
                                select(lefts, left) + " UNION ALL " + select(rights, right),
                                union.getParserPosition());
        return new Output(view, typed(shown, columns), Set.of());
    }

    private static String select(List<String> values, Output of) {
        return "SELECT " + String.join(", ", values) + " FROM " + FlinkSql.name(of.view());
    }

    private static boolean isTime(Column column) {
        return column.name().equals(Column.ROWTIME);
    }

    private static boolean isNull(Column column) {
        return column.type().is(LogicalTypeRoot.NULL);
    }

    /** A column's value in one query; a bare NULL is of the type that the other query has. */
    private static String value(Column column, Column other) {
        if (isTime(column)) {
            return "CAST(" + TIME + " AS TIMESTAMP(3))";
        }
        if (isNull(column) && !isNull(other)) {
            LogicalType type = other.type().copy(true);
            return "CAST(NULL AS " + type.asSerializableString() + ")";
        }
        return FlinkSql.name(column.name());
    }

    /** The columns with the types that both queries' values fit. */
    private static List<Column> typed(List<Column> shown, List<Column> columns) {
        return shown.stream()
                .map(
                        column ->
                                isNull(column)
                                        ? column
                                        : columns.stream()
                                                .filter(c -> c.name().equals(column.name()))
                                                .findFirst()
                                                .orElse(column))
                .toList();
    }
}
