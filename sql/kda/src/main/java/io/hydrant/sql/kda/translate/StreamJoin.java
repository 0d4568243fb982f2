package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;
import io.hydrant.sql.kda.translate.Sources.Part;
import io.hydrant.sql.kda.translate.Sources.Source;

import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A join of two streams. Of a side without a window only the current row is joined, so that without
 * any window rows of one ROWTIME are pairs. Source: SQL reference, "JOIN clause", note.
 */
final class StreamJoin {

    /** Before the names of columns that USING and NATURAL make of both sides of a full join. */
    private static final String MERGED = "$B.";

    private final Context context;
    private final Stages stages;

    StreamJoin(Context context) {
        this.context = context;
        stages = context.stages();
    }

    private static void refusePartitions(Source side) {
        if (side.window() != null && !side.window().getPartitionList().isEmpty()) {
            throw new Refusal(
                    side.window().getPartitionList().get(0),
                    "The window of a join has no PARTITION BY; what belongs together, the condition"
                            + " behind ON says.");
        }
    }

    /** Rows are pairs whose times are within the windows of both sides. */
    Source join(SqlJoin join, Source left, Source right, SqlNode where) {
        refusePartitions(left);
        refusePartitions(right);
        List<Part> parts = isInner(join) ? left.parts() : List.of();
        if (Windows.isRows(left.window()) || Windows.isRows(right.window())) {
            return ofRows(join, left, right, where);
        }
        // What follows a row of one side is what precedes a row of the other.
        long kept = parts.stream().mapToLong(Part::reach).max().orElse(0);
        long reachLeft = Math.max(Math.max(reach(left, 0), kept), reach(right, 1));
        long reachRight = Math.max(reach(right, 0), reach(left, 1));
        Source first = prefixed(left, "$L.", join);
        Source second = prefixed(right, "$R.", join);
        List<Field> both = new ArrayList<>(first.scope().fields());
        both.addAll(second.scope().fields());
        Expressions conditions =
                new Expressions(
                                new Scope(first.scope().view(), both),
                                stages,
                                context.functions(),
                                node -> null)
                        .unwatched();
        List<String> on = new ArrayList<>();
        on.add(
                "`$L.ROWTIME` BETWEEN `$R.ROWTIME` - "
                        + Intervals.flink(reachLeft)
                        + " AND `$R.ROWTIME` + "
                        + Intervals.flink(reachRight));
        for (Part part : parts) {
            on.add(
                    "CAST(`$R.ROWTIME` AS TIMESTAMP(3)) <= "
                            + FlinkSql.name("$L." + part.time())
                            + " + "
                            + Intervals.flink(part.reach()));
        }
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
        if (join.getJoinType() == JoinType.FULL) {
            for (SqlIdentifier column : common(join, first, second)) {
                columns.add(
                        "COALESCE("
                                + FlinkSql.name(first.scope().field(column).column())
                                + ", "
                                + FlinkSql.name(second.scope().field(column).column())
                                + ") AS "
                                + FlinkSql.name(MERGED + first.scope().field(column).name()));
            }
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
        Source joined = joined(join, retimed, first, second);
        return new Source(joined.scope(), null, null, parts(join, left, right));
    }

    private static boolean isInner(SqlJoin join) {
        return !join.getJoinType().generatesNullsOnLeft()
                && !join.getJoinType().generatesNullsOnRight();
    }

    /**
     * The rows of the pairs, for a join with a third stream: each is joined while the window of its
     * own stream has it. Windows that follow a row, and outer joins, end with the pair.
     */
    private static List<Part> parts(SqlJoin join, Source left, Source right) {
        if (!isInner(join) || reach(left, 1) > 0 || reach(right, 1) > 0) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        if (left.parts().isEmpty()) {
            parts.add(new Part("$L." + Column.ROWTIME, reach(left, 0)));
        }
        for (Part part : left.parts()) {
            parts.add(new Part("$L." + part.time(), part.reach()));
        }
        parts.add(new Part("$R." + Column.ROWTIME, reach(right, 0)));
        return parts;
    }

    /** What can be named in the pairs of a view. */
    private static Source joined(SqlJoin join, String view, Source first, Source second) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("", Column.ROWTIME, Column.ROWTIME, null, false));
        List<Field> left = new ArrayList<>(first.scope().fields());
        List<Field> right = new ArrayList<>(second.scope().fields());
        for (SqlIdentifier column : common(join, first, second)) {
            Field one = first.scope().field(column);
            Field other = second.scope().field(column);
            // Without an alias it is the column of the side that has a row, the left one of two.
            Field kept =
                    switch (join.getJoinType()) {
                        case RIGHT -> other;
                        case FULL -> one.in(MERGED + one.name());
                        default -> one;
                    };
            fields.add(new Field("", one.name(), kept.column(), kept.type(), true));
            one.mergeIn(left);
            other.mergeIn(right);
        }
        fields.addAll(left);
        fields.addAll(right);
        return new Source(new Scope(view, fields), null, null);
    }

    /**
     * Where a window counts rows, each row is paired when it comes: with the rows that the window
     * of the other side has then, the latest ones of that stream.
     */
    private Source ofRows(SqlJoin join, Source left, Source right, SqlNode where) {
        if (join.getJoinType().generatesNullsOnLeft()
                || join.getJoinType().generatesNullsOnRight()) {
            throw new Refusal(
                    join,
                    "A join over ROWS is an inner one, for no time says when a row stays alone; write"
                            + " windows of RANGE on the sides of an outer one.");
        }
        Source first = prefixed(left, "$L.", join);
        Source second = prefixed(right, "$R.", join);
        String sides = context.names().next();
        List<Column> ofFirst = shown(first);
        List<Column> ofSecond = shown(second);
        stages.view(
                sides,
                side(0, first, "$L.", ofFirst, ofSecond)
                        + " UNION ALL "
                        + side(1, second, "$R.", ofFirst, ofSecond),
                join.getParserPosition());
        String pairs = context.names().next();
        stages.pair(pairs, sides, Windows.pairing(left.window()), Windows.pairing(right.window()));
        Source joined = joined(join, pairs, first, second);
        Expressions conditions =
                new Expressions(joined.scope(), stages, context.functions(), node -> null)
                        .unwatched();
        List<String> on = conditions(join, first, second, conditions);
        if (where != null) {
            on = new ArrayList<>(on);
            on.add(conditions.sql(where));
        }
        if (on.isEmpty()) {
            return joined;
        }
        String matching = context.names().next();
        stages.view(
                matching,
                "SELECT * FROM " + FlinkSql.name(pairs) + " WHERE " + String.join(" AND ", on),
                join.getParserPosition());
        return new Source(joined.scope().over(matching), null, null);
    }

    /** The columns of a side, its ROWTIME as a plain time. */
    private List<Column> shown(Source side) {
        List<Column> columns = new ArrayList<>();
        for (Field field : side.scope().fields()) {
            String column = FlinkSql.name(field.column());
            boolean known = columns.stream().anyMatch(c -> c.name().equals(field.column()));
            if (!known) {
                columns.add(
                        new Column(
                                field.column(),
                                stages.typed(column, side.scope().view(), SqlParserPos.ZERO)
                                        .type()
                                        .copy(true)));
            }
        }
        return columns;
    }

    /** The rows of one side with all columns of both. */
    private static String side(
            int number, Source side, String prefix, List<Column> first, List<Column> second) {
        List<Column> own = number == 0 ? first : second;
        StringBuilder select = new StringBuilder("SELECT ");
        select.append(FlinkSql.name(prefix + Column.ROWTIME)).append(" AS `ROWTIME`, ");
        select.append(number).append(" AS `$SIDE`");
        for (List<Column> columns : List.of(first, second)) {
            for (Column column : columns) {
                String name = FlinkSql.name(column.name());
                select.append(", CAST(").append(columns.equals(own) ? name : "NULL");
                select.append(" AS ").append(column.type().asSerializableString());
                select.append(") AS ").append(name);
            }
        }
        return select.append(" FROM ").append(FlinkSql.name(side.scope().view())).toString();
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
        return side.window() == null ? 0 : Windows.reach(side.window())[direction];
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
    static List<SqlIdentifier> common(SqlJoin join, Source left, Source right) {
        List<SqlIdentifier> common = new ArrayList<>();
        if (join.getConditionType() == JoinConditionType.USING) {
            for (SqlNode name : (SqlNodeList) join.getCondition()) {
                common.add((SqlIdentifier) name);
            }
        } else if (join.isNatural()) {
            for (Field field : left.scope().fields()) {
                boolean both =
                        field.starred()
                                && !field.merged()
                                && right.scope().fields().stream()
                                        .anyMatch(
                                                f ->
                                                        f.starred()
                                                                && !f.merged()
                                                                && f.name().equals(field.name()));
                if (both) {
                    common.add(FlinkSql.column(field.name(), join.getParserPosition()));
                }
            }
        }
        return common;
    }

    /** The same rows with columns that no other side has. */
    private Source prefixed(Source source, String prefix, SqlJoin join) {
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
                join.getParserPosition());
        List<Field> fields =
                source.scope().fields().stream().map(f -> f.in(prefix + f.column())).toList();
        return new Source(new Scope(view, fields), source.table(), source.window());
    }
}
