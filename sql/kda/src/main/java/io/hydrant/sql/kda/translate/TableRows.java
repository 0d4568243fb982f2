package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlNode;

import java.util.List;

/**
 * Rows of a reference table that stand in FROM: all of them, or those that queries and views show.
 *
 * @param relation the table
 * @param computed columns that queries compute, such that each follows those that it is made of
 * @param conditions of the queries' WHERE
 */
record TableRows(Relation relation, List<Computed> computed, List<Condition> conditions) {

    /**
     * A column that a query computes.
     *
     * @param column its name in the stage
     * @param scope what names in the expression mean
     */
    record Computed(String column, SqlNode expression, Scope scope) {}

    /**
     * A condition of a query.
     *
     * @param scope what names in it mean
     */
    record Condition(SqlNode expression, Scope scope) {}

    TableRows {
        computed = List.copyOf(computed);
        conditions = List.copyOf(conditions);
    }

    static TableRows all(Relation relation) {
        return new TableRows(relation, List.of(), List.of());
    }

    String name() {
        return relation.name();
    }

    /** Whether no query is between the table and the join. */
    boolean isPlain() {
        return computed.isEmpty() && conditions.isEmpty();
    }

    /** Whether a column is the table's own. */
    boolean isStored(String column) {
        return relation.columns().stream().anyMatch(c -> c.name().equals(column));
    }
}
