package io.hydrant.localstack.fakes.redshift;

import java.util.ArrayList;
import java.util.List;

/** A statement, or a batch of them, that somebody asked for; what became of it so far. */
final class StatementRun {

    /** What became of it. */
    enum Status {
        SUBMITTED,
        STARTED,
        FINISHED,
        FAILED,
        ABORTED
    }

    /**
     * What became of one statement.
     *
     * @param status as the API names it
     * @param error what the database said, null where it said nothing
     * @param rows of a query, null of each value that is; null where there is no result
     */
    record Part(Status status, String error, List<String[]> rows) {}

    private final String id;
    private final List<String> statements;
    private final List<Part> parts = new ArrayList<>();
    private Status status = Status.SUBMITTED;
    private String error;

    StatementRun(String id, List<String> statements) {
        this.id = id;
        this.statements = List.copyOf(statements);
    }

    String id() {
        return id;
    }

    List<String> statements() {
        return statements;
    }

    synchronized Status status() {
        return status;
    }

    synchronized String error() {
        return error;
    }

    synchronized List<Part> parts() {
        return List.copyOf(parts);
    }

    synchronized boolean isOver() {
        return status != Status.SUBMITTED && status != Status.STARTED;
    }

    synchronized void add(Part part) {
        parts.add(part);
    }

    /** The first to end it says how. */
    synchronized void move(Status next, String why) {
        if (!isOver()) {
            status = next;
            error = why;
        }
    }
}
