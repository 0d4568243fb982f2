package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Functions over a whole stream: {@code TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT …), …))}.
 *
 * <p>They are process table functions of the module of functions, under the same names.
 */
final class TableFunctions {

    /** Those whose rows come at the end of a window, not with the row that they are about. */
    private static final Set<String> KNOWN =
            Set.of(
                    "RANDOM_CUT_FOREST",
                    "RANDOM_CUT_FOREST_WITH_EXPLANATION",
                    "HOTSPOTS",
                    "TOP_K_ITEMS_TUMBLING",
                    "COUNT_DISTINCT_ITEMS_TUMBLING",
                    "GROUP_RANK");

    private final Context context;
    private final Queries queries;

    TableFunctions(Context context, Queries queries) {
        this.context = context;
        this.queries = queries;
    }

    Scope call(SqlCall table, String alias) {
        SqlCall function = table.operand(0);
        String name = function.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(name)) {
            throw new Refusal(
                    function,
                    name
                            + " is no function over a stream; there are "
                            + String.join(", ", KNOWN.stream().sorted().toList())
                            + ".");
        }
        List<String> arguments = new ArrayList<>();
        for (SqlNode argument : function.getOperandList()) {
            if (argument.getKind() == SqlKind.CURSOR) {
                Output cursor = queries.translate(((SqlCall) argument).operand(0));
                arguments.add("TABLE " + FlinkSql.name(shown(cursor)));
            } else {
                arguments.add(
                        new Expressions(
                                        new Scope("", List.of()),
                                        context.stages(),
                                        context.functions(),
                                        node -> null)
                                .sql(argument));
            }
        }
        arguments.add("DESCRIPTOR(`ROWTIME`)");
        String view = context.names().next();
        List<Column> columns =
                context.stages()
                        .view(
                                view,
                                "SELECT * FROM " + name + "(" + String.join(", ", arguments) + ")",
                                function.getParserPosition());
        List<Field> fields = new ArrayList<>();
        String known = alias == null ? "" : alias;
        fields.add(new Field(known, Column.ROWTIME, Column.ROWTIME, null, false));
        for (Column column : columns) {
            if (!column.name().equals(Column.ROWTIME)) {
                fields.add(new Field(known, column.name(), column.name(), column.type(), true));
            }
        }
        return new Scope(view, fields);
    }

    /** The cursor's columns alone, and the time. */
    private String shown(Output cursor) {
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
                        org.apache.calcite.sql.parser.SqlParserPos.ZERO);
        return view;
    }
}
