package io.hydrant.kinesis.table;

/** Counts the rows of a reader up to the most that the query can use. */
final class RowLimit {

    /** For a query that uses all rows. */
    static final long NONE = Long.MAX_VALUE;

    private long left;

    RowLimit(long maxRows) {
        left = maxRows;
    }

    /** Counts one row, or says that it is one too many. */
    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    boolean isReached() {
        return left == 0;
    }
}
