package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A projection of a stage with a filter; rows for which an expression fails go to the error stream
 * instead.
 */
final class Projection {

    private static final String ERROR = "$ERROR";

    private final Stages stages;
    private final Names names;
    private final String pump;

    Projection(Stages stages, Names names, String pump) {
        this.stages = stages;
        this.names = names;
        this.pump = pump;
    }

    /** An expression with the name that it gets. */
    record Item(String name, String sql) {}

    /**
     * Adds the stage.
     *
     * @param scope what is projected
     * @param where the filter; null for none
     * @param filterHazards how the filter can fail
     * @param items what is computed; ROWTIME among them
     * @param hazards how that can fail
     */
    List<Column> add(
            String view,
            Scope scope,
            String where,
            List<Hazard> filterHazards,
            List<Item> items,
            List<Hazard> hazards,
            SqlParserPos origin) {
        // A stage has one time attribute; a copy of it is a plain timestamp.
        List<Item> plain =
                items.stream()
                        .map(
                                i ->
                                        i.sql().equals("`ROWTIME`")
                                                        && !i.name().equals(Column.ROWTIME)
                                                ? new Item(
                                                        i.name(), "CAST(`ROWTIME` AS TIMESTAMP(3))")
                                                : i)
                        .toList();
        String select =
                "SELECT "
                        + plain.stream()
                                .map(i -> i.sql() + " AS " + FlinkSql.name(i.name()))
                                .collect(Collectors.joining(", "));
        if (filterHazards.isEmpty() && hazards.isEmpty()) {
            String sql = select + " FROM " + FlinkSql.name(scope.view());
            return stages.view(view, where == null ? sql : sql + " WHERE " + where, origin);
        }
        List<Hazard> all = new ArrayList<>(filterHazards);
        if (where != null) {
            // What is filtered away is no error: NULL ends the list here.
            all.add(new Hazard("(" + where + ") IS NOT TRUE", ""));
        }
        all.addAll(hazards);
        String checked = names.next();
        stages.view(
                checked,
                "SELECT *, "
                        + Hazard.first(all)
                        + " AS `"
                        + ERROR
                        + "` FROM "
                        + FlinkSql.name(scope.view()),
                origin);
        String failed = names.next();
        stages.view(
                failed,
                "SELECT `ROWTIME`, `"
                        + ERROR
                        + "`, "
                        + row(scope)
                        + " AS `$ROW` FROM "
                        + FlinkSql.name(checked)
                        + " WHERE `"
                        + ERROR
                        + "` <> ''",
                origin);
        stages.errors(failed, pump);
        return stages.view(
                view,
                select + " FROM " + FlinkSql.name(checked) + " WHERE `" + ERROR + "` IS NULL",
                origin);
    }

    /** The row that failed, as text. */
    private static String row(Scope scope) {
        List<String> values =
                scope.fields().stream()
                        .filter(Scope.Field::starred)
                        .map(Scope.Field::column)
                        .distinct()
                        .map(c -> "COALESCE(CAST(" + FlinkSql.name(c) + " AS STRING), '')")
                        .toList();
        return values.isEmpty() ? "''" : "CONCAT_WS(',', " + String.join(", ", values) + ")";
    }
}
