package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns that names in a query can mean.
 *
 * <p>A name is looked up as it is written; where nothing has it, the only one that differs in case
 * alone is meant, as input columns often have lower-case names.
 */
final class Scope {

    /**
     * A column that can be named.
     *
     * @param alias of what it belongs to
     * @param name its name there
     * @param column the column of the stage
     * @param type its type
     * @param starred whether a star stands for it, too
     * @param merged whether USING or NATURAL shows it under its name alone, so that only a star
     *     behind its alias stands for it
     */
    record Field(
            String alias,
            String name,
            String column,
            LogicalType type,
            boolean starred,
            boolean merged) {

        Field(String alias, String name, String column, LogicalType type, boolean starred) {
            this(alias, name, column, type, starred, false);
        }

        /** The same in another column of the stage. */
        Field in(String other) {
            return new Field(alias, name, other, type, starred, merged);
        }

        /** Marks it as merged where it is among others; without an alias, it is no longer there. */
        void mergeIn(List<Field> fields) {
            fields.removeIf(f -> f.alias().isEmpty() && isSame(f));
            fields.replaceAll(
                    f ->
                            isSame(f)
                                    ? new Field(f.alias, f.name, f.column, f.type, f.starred, true)
                                    : f);
        }

        private boolean isSame(Field other) {
            return other.name.equals(name) && other.column.equals(column);
        }
    }

    private final List<Field> fields;

    /** The stage that the columns belong to. */
    private final String view;

    private final Rising rising;

    Scope(String view, List<Field> fields) {
        this(view, fields, Rising.NONE);
    }

    Scope(String view, List<Field> fields, Rising rising) {
        this.view = view;
        this.fields = List.copyOf(fields);
        this.rising = rising;
    }

    /** Which columns of the stage never fall. */
    Rising rising() {
        return rising;
    }

    String view() {
        return view;
    }

    List<Field> fields() {
        return fields;
    }

    /** The same names over another stage that has all the columns. */
    Scope over(String other) {
        return new Scope(other, fields, rising);
    }

    /** What a star stands for; of one alias where one is given. */
    List<Field> starred(SqlIdentifier star) {
        if (star.names.size() == 1) {
            return fields.stream().filter(f -> f.starred() && !f.merged()).toList();
        }
        String alias = star.names.get(star.names.size() - 2);
        List<Field> found =
                fields.stream().filter(f -> f.starred() && f.alias().equals(alias)).toList();
        if (found.isEmpty()) {
            found =
                    fields.stream()
                            .filter(f -> f.starred() && f.alias().equalsIgnoreCase(alias))
                            .toList();
        }
        if (found.isEmpty()) {
            throw new Refusal(
                    star, "There is no " + alias + " in FROM; there are " + aliases() + ".");
        }
        return found;
    }

    /** The column that a name means, without an alias where there is such a one. */
    Field field(SqlIdentifier column) {
        String found = resolve(column).get(0);
        String name = column.names.get(column.names.size() - 1);
        return fields.stream()
                .filter(f -> f.column().equals(found) && f.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    /** The column of the stage that a name means, followed by the fields of its value. */
    List<String> resolve(SqlIdentifier name) {
        List<String> names = name.names;
        Field field = null;
        int used = 0;
        if (names.size() > 1) {
            for (int qualifier = Math.min(names.size() - 2, 1); qualifier >= 0; qualifier--) {
                field = find(names.get(qualifier), names.get(qualifier + 1), name);
                if (field != null) {
                    used = qualifier + 2;
                    break;
                }
            }
        }
        if (field == null) {
            field = find(null, names.get(0), name);
            used = 1;
        }
        if (field == null || (used < names.size() && !isRow(field))) {
            throw new Refusal(
                    name,
                    "There is no column "
                            + String.join(".", names)
                            + ". There are "
                            + columns()
                            + ". Names without quotes are taken in upper case"
                            + (isText(names) ? ", and texts stand in single quotes." : "."));
        }
        List<String> path = new ArrayList<>();
        path.add(field.column());
        for (String inner : names.subList(used, names.size())) {
            path.add(inner(field, inner, name));
        }
        return path;
    }

    /** A name with small letters stood in double quotes, as texts do in other dialects. */
    private static boolean isText(List<String> names) {
        return names.size() == 1
                && names.get(0)
                        .chars()
                        .anyMatch(c -> c == ' ' || c == '%' || Character.isLowerCase(c));
    }

    private static boolean isRow(Field field) {
        return field.type() != null && field.type().is(LogicalTypeRoot.ROW);
    }

    private static String inner(Field field, String inner, SqlIdentifier name) {
        List<String> there = ((RowType) field.type()).getFieldNames();
        return there.stream()
                .filter(inner::equals)
                .findFirst()
                .or(() -> there.stream().filter(inner::equalsIgnoreCase).findFirst())
                .orElseThrow(
                        () ->
                                new Refusal(
                                        name,
                                        "There is no field "
                                                + inner
                                                + " in "
                                                + field.name()
                                                + ", which has "
                                                + String.join(", ", there)
                                                + "."));
    }

    private Field find(String alias, String column, SqlIdentifier name) {
        List<Field> found =
                fields.stream()
                        .filter(f -> alias == null || f.alias().equalsIgnoreCase(alias))
                        .filter(f -> f.name().equals(column))
                        .toList();
        if (found.isEmpty()) {
            found =
                    fields.stream()
                            .filter(f -> alias == null || f.alias().equalsIgnoreCase(alias))
                            .filter(f -> f.name().equalsIgnoreCase(column))
                            .toList();
        }
        if (found.size() > 1 && alias == null) {
            List<Field> own = found.stream().filter(f -> f.alias().isEmpty()).toList();
            if (own.size() == 1) {
                return own.get(0);
            }
            throw new Refusal(
                    name,
                    column
                            + " could be any of "
                            + found.stream()
                                    .map(f -> f.alias() + "." + f.name())
                                    .collect(Collectors.joining(", "))
                            + "; write which.");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private String aliases() {
        return fields.stream()
                .map(Field::alias)
                .filter(alias -> !alias.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String columns() {
        return fields.stream().map(Field::name).distinct().collect(Collectors.joining(", "));
    }
}
