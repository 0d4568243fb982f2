package io.hydrant.sql.functions.aggregate;

/** How many rows there are of which a condition is true, and of which it is false. */
public final class Truths {

    /** Rows of which it is true. */
    public long yes;

    /** Rows of which it is false. */
    public long no;

    void add(Boolean condition, long times) {
        if (condition == null) {
            return;
        }
        if (condition) {
            yes += times;
        } else {
            no += times;
        }
    }

    void add(Iterable<Truths> others) {
        for (Truths other : others) {
            yes += other.yes;
            no += other.no;
        }
    }
}
