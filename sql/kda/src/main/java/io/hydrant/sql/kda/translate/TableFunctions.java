package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Functions over a whole stream: {@code TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT …), …))}.
 *
 * <p>They are process table functions of the module of functions, under the same names.
 */
final class TableFunctions {

    /** The arguments of each, in the dialect's order, by the names that the module gives them. */
    private static final Map<String, List<String>> ARGUMENTS =
            Map.of(
                    "RANDOM_CUT_FOREST",
                    List.of("input", "numberOfTrees", "subSampleSize", "timeDecay", "shingleSize"),
                    "RANDOM_CUT_FOREST_WITH_EXPLANATION",
                    List.of(
                            "input",
                            "numberOfTrees",
                            "subSampleSize",
                            "timeDecay",
                            "shingleSize",
                            "withDirectionality"),
                    "HOTSPOTS",
                    List.of("input", "windowSize", "scanRadius", "minimumNumberOfPointsInAHotspot"),
                    "TOP_K_ITEMS_TUMBLING",
                    List.of("input", "columnName", "k", "windowSize"),
                    "COUNT_DISTINCT_ITEMS_TUMBLING",
                    List.of("input", "columnName", "windowSize"),
                    "GROUP_RANK",
                    List.of(
                            "input",
                            "rankByColumnName",
                            "rankOutColumnName",
                            "sortOrder",
                            "outputOrder",
                            "maxIdle",
                            "outputMax"));

    /** Those that give their rows a time of their own; the others pass the row's on. */
    private static final Set<String> TIMED =
            Set.of("TOP_K_ITEMS_TUMBLING", "COUNT_DISTINCT_ITEMS_TUMBLING", "GROUP_RANK");

    private static final List<String> TOP_K_NAMES = List.of("ITEM", "ITEM_COUNT");

    /** Those that name a column of the cursor. */
    private static final Set<String> OF_CURSOR = Set.of("columnName", "rankByColumnName");

    /** Arguments that need not be whole numbers. */
    private static final Set<String> FRACTIONS = Set.of("scanRadius");

    private final Context context;
    private final Queries queries;

    TableFunctions(Context context, Queries queries) {
        this.context = context;
        this.queries = queries;
    }

    Scope call(SqlCall table, String alias) {
        SqlCall function = table.operand(0);
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        List<String> known = ARGUMENTS.get(name);
        if (known == null) {
            throw new Refusal(
                    function,
                    name
                            + " is no function over a stream; there are "
                            + String.join(", ", ARGUMENTS.keySet().stream().sorted().toList())
                            + ". Names for the columns of a stream stand behind one for itself: FROM "
                            + name
                            + " AS T (…).");
        }
        if (function.operandCount() > known.size()) {
            throw new Refusal(
                    function,
                    name + " takes " + known.size() + " arguments at most: " + known + ".");
        }
        List<String> arguments = new ArrayList<>();
        List<Column> cursor = new ArrayList<>();
        for (int i = 0; i < function.operandCount(); i++) {
            String argument = argument(function.operand(i), cursor);
            if (OF_CURSOR.contains(known.get(i))) {
                argument = named(function.operand(i), argument, cursor);
            }
            if (FRACTIONS.contains(known.get(i))
                    && function.operand(i) instanceof SqlNumericLiteral number) {
                argument = fraction(number.getValueAs(BigDecimal.class));
            }
            arguments.add(known.get(i) + " => " + argument);
        }
        boolean timed = TIMED.contains(name);
        if (timed) {
            arguments.add("on_time => DESCRIPTOR(`ROWTIME`)");
        }
        String view = context.names().next();
        arguments.add("uid => " + FlinkSql.literal(uid(name, view)));
        List<Column> columns =
                context.stages()
                        .view(
                                view,
                                "SELECT * FROM " + name + "(" + String.join(", ", arguments) + ")",
                                function.getParserPosition());
        return over(view, columns, timed, alias == null ? "" : alias, function);
    }

    /**
     * The id of the function's state. Without it, all calls of a function have one, which Flink
     * refuses. Other characters than these are not allowed in it.
     */
    private static String uid(String function, String view) {
        StringBuilder uid = new StringBuilder(function).append('_');
        view.codePoints()
                .forEach(
                        c -> {
                            if (c < 128 && Character.isLetterOrDigit(c)) {
                                uid.appendCodePoint(c);
                            } else {
                                uid.append('-').append(Integer.toHexString(c)).append('-');
                            }
                        });
        return uid.toString();
    }

    /** A column is named in quotes; where none has the name, the one that differs in case alone. */
    private static String named(SqlNode literal, String argument, List<Column> cursor) {
        String name = TextCalls.text(literal);
        if (name == null || cursor.stream().anyMatch(c -> c.name().equals(name))) {
            return argument;
        }
        List<String> similar =
                cursor.stream().map(Column::name).filter(name::equalsIgnoreCase).toList();
        return similar.size() == 1 ? FlinkSql.literal(similar.get(0)) : argument;
    }

    /** With a point, for Flink does not convert a whole number to what a function takes here. */
    private static String fraction(BigDecimal number) {
        return number.setScale(Math.max(1, number.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private String argument(SqlNode argument, List<Column> columns) {
        if (argument.getKind() == SqlKind.CURSOR) {
            Output cursor = queries.translate(((SqlCall) argument).operand(0));
            columns.addAll(cursor.columns());
            return "TABLE " + FlinkSql.name(shown(cursor, argument.getParserPosition()));
        }
        Scope none = new Scope("", List.of());
        return new Expressions(none, context.stages(), context.functions(), node -> null)
                .sql(argument);
    }

    /** The function's rows with their time under its name. */
    private Scope over(
            String view, List<Column> columns, boolean timed, String alias, SqlCall function) {
        String time = timed ? "rowtime" : Column.ROWTIME;
        List<Field> fields = new ArrayList<>();
        StringBuilder list =
                new StringBuilder("CAST(" + FlinkSql.name(time) + " AS TIMESTAMP(3)) AS `ROWTIME`");
        fields.add(new Field(alias, Column.ROWTIME, Column.ROWTIME, null, false));
        for (Column column : columns) {
            if (!column.name().equals(time) && !column.name().equals(Column.ROWTIME)) {
                fields.add(new Field(alias, column.name(), column.name(), column.type(), true));
                list.append(", ").append(FlinkSql.name(column.name()));
            }
        }
        fields.addAll(others(function, fields, alias));
        String plain = context.names().next();
        context.stages()
                .view(
                        plain,
                        "SELECT " + list + " FROM " + FlinkSql.name(view),
                        function.getParserPosition());
        String retimed = context.names().next();
        context.stages().retime(retimed, plain);
        return new Scope(retimed, fields);
    }

    /**
     * The names that the developer guide has for the two columns of TOP_K_ITEMS_TUMBLING, which the
     * SQL reference names otherwise.
     */
    private static List<Field> others(SqlCall function, List<Field> fields, String alias) {
        if (!function.getOperator().getName().equalsIgnoreCase("TOP_K_ITEMS_TUMBLING")) {
            return List.of();
        }
        List<Field> others = new ArrayList<>();
        for (int i = 0; i < TOP_K_NAMES.size(); i++) {
            String name = TOP_K_NAMES.get(i);
            if (fields.stream().noneMatch(f -> f.name().equalsIgnoreCase(name))) {
                Field means = fields.get(i + 1);
                others.add(new Field(alias, name, means.column(), means.type(), false));
            }
        }
        return others;
    }

    /** The cursor's columns alone, and the time. */
    private String shown(Output cursor, SqlParserPos position) {
        String view = context.names().next();
        context.stages()
                .view(
                        view,
                        "SELECT `ROWTIME`"
                                + String.join(
                                        "",
                                        cursor.columns().stream()
                                                .filter(c -> !c.name().equals(Column.ROWTIME))
                                                .map(c -> ", " + FlinkSql.name(c.name()))
                                                .toList())
                                + " FROM "
                                + FlinkSql.name(cursor.view()),
                        position);
        return view;
    }
}
