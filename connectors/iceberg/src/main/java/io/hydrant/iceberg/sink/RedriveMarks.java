package io.hydrant.iceberg.sink;

import io.hydrant.delivery.redrive.SettledCheck;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How a table knows the commit of a redrive again: by a property of its own, which is set in the
 * transaction of the commit and removed behind the note that the redrive is through.
 *
 * <p>Redrives have no order, and many may come between a crash and the end of what it broke off, so
 * the last mark says nothing of those before. Who finds no property looks for the note then, and
 * not before: where the note is not there, the property was never removed.
 */
final class RedriveMarks implements CommitMemory {

    private final String commitId;
    private final SettledCheck settled;
    private final Set<UUID> forgotten;

    /**
     * The marks for one commit.
     *
     * @param commitId name of the delivery in the table
     * @param settled whether the redrive is through
     * @param forgotten redrives that are, whose properties may go
     */
    RedriveMarks(String commitId, SettledCheck settled, Set<UUID> forgotten) {
        this.commitId = commitId;
        this.settled = settled;
        this.forgotten = Set.copyOf(forgotten);
    }

    @Override
    public CommitState stateOf(CommitMark due, CommitMark last, Table table)
            throws IOException, InterruptedException {
        return isIn(table, due) || settled.isSettled() ? CommitState.DONE : CommitState.DUE;
    }

    private boolean isIn(Table table, CommitMark due) {
        String run = due.own().run();
        if (table.properties().containsKey(CommitHistory.redrivenKey(commitId, run))) {
            return true;
        }
        for (Snapshot each : CommitHistory.ofTable(table)) {
            if (due.equals(CommitHistory.of(each, CommitHistory.redriveId(commitId)))) {
                return true;
            }
        }
        return false;
    }

    /** The one that came may be this very commit, by somebody else; the next look tells. */
    @Override
    public boolean mayFollow(CommitMark due, CommitMark now) {
        return false;
    }

    @Override
    public void remember(List<TableCommit> commits, UpdateProperties properties) {
        for (TableCommit each : commits) {
            properties.set(
                    CommitHistory.redrivenKey(commitId, each.mark().own().run()),
                    String.valueOf(each.rows()));
        }
        forget(properties);
    }

    /** Removes what nobody needs any more. */
    void forget(UpdateProperties properties) {
        for (UUID each : forgotten) {
            properties.remove(
                    CommitHistory.redrivenKey(commitId, CommitHistory.ofRedrive(each).own().run()));
        }
    }
}
