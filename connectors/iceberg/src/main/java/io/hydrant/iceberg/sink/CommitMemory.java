package io.hydrant.iceberg.sink;

import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

import java.io.IOException;
import java.util.List;

/** How a table knows commits again, beside the mark of the last one that it always keeps. */
interface CommitMemory {

    /** Of a job: a commit has all before it in its past, so that the last mark tells of all. */
    CommitMemory OF_JOB =
            new CommitMemory() {
                @Override
                public CommitState stateOf(CommitMark due, CommitMark last, Table table) {
                    return CommitState.of(due, last);
                }

                @Override
                public boolean mayFollow(CommitMark due, CommitMark now) {
                    return CommitState.of(due, now) == CommitState.DUE;
                }

                @Override
                public void remember(List<TableCommit> commits, UpdateProperties properties) {
                    // The mark of the last one is enough.
                }
            };

    /**
     * What the table says about a commit that is due.
     *
     * @param last mark of the last commit that it knows, null for none
     * @param table the table, as it is now
     */
    CommitState stateOf(CommitMark due, CommitMark last, Table table)
            throws IOException, InterruptedException;

    /**
     * Whether a commit may be put behind one that came meanwhile.
     *
     * @param now mark of that one
     */
    boolean mayFollow(CommitMark due, CommitMark now);

    /** Puts into the transaction of commits what else they are known again by. */
    void remember(List<TableCommit> commits, UpdateProperties properties);
}
