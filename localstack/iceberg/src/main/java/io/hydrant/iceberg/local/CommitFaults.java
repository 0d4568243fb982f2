package io.hydrant.iceberg.local;

/** At most one failure that is to come. */
final class CommitFaults {

    private static final String NONE = "none";

    private String next = NONE;

    /** Does what a line says, and answers it. */
    synchronized String obey(String command) {
        if (command.equals("fired")) {
            return String.valueOf(next.equals(NONE));
        }
        next = command;
        return "done";
    }

    /** Fails if that is what comes next. */
    synchronized void at(String point) {
        if (next.equals(point)) {
            next = NONE;
            throw new IllegalStateException("A failure that was asked for, " + point + " a commit");
        }
    }
}
