package io.hydrant.iceberg.sink;

/** What a table says about a commit that is due. */
enum CommitState {
    /** It is not there, and what is there is in its past. */
    DUE,
    /** It is there already. */
    DONE,
    /** There is something of this delivery that is not in its past. */
    FORKED;

    /**
     * Judges a commit.
     *
     * @param due the commit
     * @param last the last commit of the delivery that the table holds, null for none
     */
    static CommitState of(CommitMark due, CommitMark last) {
        if (last == null) {
            return DUE;
        }
        if (last.includes(due)) {
            return DONE;
        }
        return due.includes(last) ? DUE : FORKED;
    }
}
