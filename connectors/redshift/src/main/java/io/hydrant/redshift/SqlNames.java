package io.hydrant.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of tables and columns as a user writes them, and texts, for SQL. */
final class SqlNames {

    private static final String PART = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern TABLE = Pattern.compile(PART + "(?:\\." + PART + "){0,2}");
    private static final Pattern COLUMN = Pattern.compile(PART);

    private SqlNames() {}

    /**
     * A table's name, as given.
     *
     * @throws IllegalArgumentException naming the option if it is none
     */
    static String table(String option, String name) {
        if (name == null || !TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    option
                            + " is "
                            + (name == null ? "missing" : "'" + name + "'")
                            + "; it must be a table's name, such as flights or sales.\"Orders\"");
        }
        return name;
    }

    /**
     * Names of columns that commas separate.
     *
     * @throws IllegalArgumentException naming the option if one of them is none
     */
    static List<String> columns(String option, String text) {
        List<String> columns = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String column = part.strip();
            if (!COLUMN.matcher(column).matches()) {
                throw new IllegalArgumentException(
                        option
                                + " is '"
                                + text
                                + "'; '"
                                + column
                                + "' is not a column's name. Names are separated by commas, quoted where they are not words");
            }
            if (columns.contains(column)) {
                throw new IllegalArgumentException(
                        option + " is '" + text + "'; it names " + column + " twice");
            }
            columns.add(column);
        }
        return columns;
    }

    /** The table's name with something behind it, in the same schema. */
    static String withSuffix(String table, String suffix) {
        return table.endsWith("\"")
                ? table.substring(0, table.length() - 1) + suffix + '"'
                : table + suffix;
    }

    /** A column's name as the database keeps it. */
    static String plain(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    /** A name as the database keeps it, for SQL. */
    static String quoted(String plain) {
        return '"' + plain.replace("\"", "\"\"") + '"';
    }

    /** A text as SQL writes it. */
    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
