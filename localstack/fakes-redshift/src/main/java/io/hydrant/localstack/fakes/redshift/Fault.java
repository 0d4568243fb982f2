package io.hydrant.localstack.fakes.redshift;

import java.util.concurrent.CountDownLatch;

/**
 * What goes wrong with one statement.
 *
 * @param kind how
 * @param state SQLSTATE of an error, null otherwise
 * @param message message of an error
 * @param detail detail of an error
 * @param until what a statement or answer that is held waits for, null otherwise
 */
public record Fault(Kind kind, String state, String message, String detail, CountDownLatch until) {

    /** How a statement goes wrong. */
    public enum Kind {
        /** Not at all. */
        NONE,
        /** The connection is lost before the database has the statement. */
        DROP_BEFORE,
        /** The database has carried it out, and the connection is lost before its answer. */
        DROP_AFTER,
        /** The database answers with an error, and so ends a transaction. */
        ERROR,
        /** The statement waits. */
        HOLD,
        /** The database has carried it out, its answer waits, and then the connection is lost. */
        HOLD_ANSWER
    }

    /** No fault. */
    public static final Fault NONE = new Fault(Kind.NONE, null, null, null, null);

    /** The connection is lost before the statement is carried out. */
    public static final Fault DROP_BEFORE = new Fault(Kind.DROP_BEFORE, null, null, null, null);

    /** The connection is lost when the statement has been carried out. */
    public static final Fault DROP_AFTER = new Fault(Kind.DROP_AFTER, null, null, null, null);

    /** An error of the database. */
    public static Fault error(String state, String message, String detail) {
        return new Fault(Kind.ERROR, state, message, detail, null);
    }

    /**
     * Redshift's answer where transactions of one table get in each other's way. Source: Redshift
     * developer guide, "Serializable isolation".
     */
    public static Fault serializationConflict() {
        return error(
                "XX000",
                "1023",
                "Serializable isolation violation on table - 108263, transactions forming the cycle are: 2347, 2348 (pid:20114)");
    }

    /** Redshift's answer where no node has room. */
    public static Fault diskFull() {
        return error("XX000", "Disk Full", "error: Disk Full code: 1016 context: node: 0");
    }

    /** Redshift's answer to what took longer than {@code statement_timeout}. */
    public static Fault timeout() {
        return error("57014", "Query (4711) cancelled on user's request", "");
    }

    /**
     * The statement is carried out, and the connection lost when somebody counts the latch down.
     */
    public static Fault holdAnswerUntil(CountDownLatch latch) {
        return new Fault(Kind.HOLD_ANSWER, null, null, null, latch);
    }

    /** The statement goes on when somebody counts the latch down. */
    public static Fault holdUntil(CountDownLatch latch) {
        return new Fault(Kind.HOLD, null, null, null, latch);
    }
}
