package io.hydrant.redshift;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By what a row takes the place of an earlier one, and the SQL of it: rows are copied to a table of
 * the session, and from there the latest of each key goes to the table, unless a later one is
 * there.
 *
 * <p>What comes out does not depend on the order of loads. That is why no row is ever removed: an
 * earlier version that is loaded afterwards would bring it back. Source: Redshift developer guide,
 * "Merge example", here with a condition on the order.
 *
 * @param keys columns
 * @param order the column whose larger value is the later row
 */
record Upsert(List<String> keys, String order) implements Serializable {

    /** The session's own table. */
    static final String STAGE = "hydrant_stage";

    /** Keeps its own copy. */
    Upsert {
        keys = List.copyOf(keys);
    }

    /**
     * Reads the options.
     *
     * @param columns columns that records fill
     * @return null where rows take no other's place
     * @throws IllegalArgumentException naming the option and what it may be
     */
    static Upsert from(ReadableConfig config, List<String> columns) {
        String keys = config.get(RedshiftOptions.KEYS);
        String order = config.get(RedshiftOptions.ORDER_COLUMN);
        if (keys == null && order == null) {
            return null;
        }
        if (keys == null || order == null) {
            throw new IllegalArgumentException(
                    (keys == null ? RedshiftOptions.KEYS : RedshiftOptions.ORDER_COLUMN).key()
                            + " is missing; "
                            + RedshiftOptions.KEYS.key()
                            + " and "
                            + RedshiftOptions.ORDER_COLUMN.key()
                            + " go together");
        }
        Upsert upsert =
                new Upsert(SqlNames.columns(RedshiftOptions.KEYS.key(), keys), order.strip());
        for (String key : upsert.keys) {
            require(RedshiftOptions.KEYS.key(), key, columns);
        }
        require(RedshiftOptions.ORDER_COLUMN.key(), upsert.order, columns);
        return upsert;
    }

    private static void require(String option, String column, List<String> columns) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(
                    option
                            + " names "
                            + column
                            + ", which is not in "
                            + RedshiftOptions.COLUMNS.key()
                            + ", where all columns must be that records fill");
        }
    }

    /** Removes the rows that a later one is to take the place of. */
    String deleteEarlier(String table) {
        return "DELETE FROM "
                + table
                + " USING "
                + STAGE
                + " s WHERE "
                + sameKey(table, "s")
                + " AND "
                + isNotLater(table, "s");
    }

    /** Gives the rows of the table that are not later what the latest of their key has. */
    String updateEarlier(String table, List<String> columns) {
        String set =
                columns.stream()
                        .filter(column -> !keys.contains(column) || column.equals(order))
                        .map(column -> column + " = s." + column)
                        .collect(Collectors.joining(", "));
        return "UPDATE "
                + table
                + " SET "
                + set
                + " FROM "
                + ranked()
                + " s WHERE hydrant_rank = 1 AND "
                + sameKey(table, "s")
                + " AND "
                + isNotLater(table, "s");
    }

    /** Adds the latest row of each key that the table does not have. */
    String insertLatest(String table, List<String> columns) {
        String all = String.join(", ", columns);
        return "INSERT INTO "
                + table
                + " ("
                + all
                + ") SELECT "
                + all
                + " FROM "
                + ranked()
                + " s WHERE (hydrant_rank = 1 OR "
                + keys.stream().map(key -> key + " IS NULL").collect(Collectors.joining(" OR "))
                + ") AND NOT EXISTS (SELECT 1 FROM "
                + table
                + " WHERE "
                + sameKey(table, "s")
                + ")";
    }

    private String ranked() {
        return "(SELECT *, ROW_NUMBER() OVER (PARTITION BY "
                + String.join(", ", keys)
                + " ORDER BY "
                + order
                + " DESC NULLS LAST) AS hydrant_rank FROM "
                + STAGE
                + ")";
    }

    private String isNotLater(String table, String other) {
        return table + '.' + order + " <= " + other + '.' + order;
    }

    private String sameKey(String table, String other) {
        return keys.stream()
                .map(key -> table + '.' + key + " = " + other + '.' + key)
                .collect(Collectors.joining(" AND "));
    }
}
