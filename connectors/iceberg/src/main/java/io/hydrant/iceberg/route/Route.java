package io.hydrant.iceberg.route;

import java.util.Objects;

/**
 * Where a record goes, or why it goes nowhere.
 *
 * @param table full name of the table
 * @param operation what it does there
 * @param problem code and text of what keeps it from going anywhere, else null
 */
public record Route(String table, Operation operation, Problem problem) {

    /**
     * What is wrong.
     *
     * @param code the error code in the dead letter
     * @param text what to tell the one who reads it
     */
    public record Problem(String code, String text) {}

    static Route to(String table, Operation operation) {
        return new Route(Objects.requireNonNull(table, "table"), operation, null);
    }

    static Route nowhere(String code, String text) {
        return new Route(null, null, new Problem(code, text));
    }
}
