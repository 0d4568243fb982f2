package io.hydrant.iceberg.sink;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.core.retry.RetryClock;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Commits to a table what is due, each commit once.
 *
 * <p>Once because a commit and its mark get into the table in one transaction, and the table is
 * asked for the mark before each attempt and again by the transaction itself, on whatever state of
 * the table it ends up on: an attempt that was thought dead and lands late is refused by the table.
 */
final class TableCommits {

    private static final Logger LOG = LoggerFactory.getLogger(TableCommits.class);

    private static final String RECORDS = "hydrant.records";
    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(200), Duration.ofSeconds(20), 2, 0.2);

    private final Catalog catalog;
    private final String commitId;
    private final ForkAction forkAction;
    private final Duration retryTimeout;
    private final RetryClock time;
    private final CommitMemory memory;

    TableCommits(
            Catalog catalog,
            String commitId,
            ForkAction forkAction,
            Duration retryTimeout,
            RetryClock time) {
        this(catalog, commitId, forkAction, retryTimeout, time, CommitMemory.OF_JOB);
    }

    /**
     * Commits that a table knows again in some other way than those of a job.
     *
     * @param memory that way
     */
    TableCommits(
            Catalog catalog,
            String commitId,
            ForkAction forkAction,
            Duration retryTimeout,
            RetryClock time,
            CommitMemory memory) {
        this.memory = memory;
        this.catalog = catalog;
        this.commitId = commitId;
        this.forkAction = forkAction;
        this.retryTimeout = retryTimeout;
        this.time = time;
    }

    /**
     * Commits what is due to a table, and nothing of it that the table has already.
     *
     * @param due commits to one table, in the order of their checkpoints
     * @return rows that this call committed
     * @throws IOException if that failed for good or for too long; calling again is safe
     */
    long commit(List<TableCommit> due) throws IOException, InterruptedException {
        String name = due.get(0).table();
        long start = time.nanoTime();
        for (int failures = 1; ; failures++) {
            try {
                return attempt(name, due);
            } catch (ForkedException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                boolean isLate = time.nanoTime() - start > retryTimeout.toNanos();
                if (CommitClassifier.judge(e) == Outcome.FATAL || isLate) {
                    throw new IOException(
                            "The commit to table "
                                    + name
                                    + " failed"
                                    + (failures == 1 ? "" : " " + failures + " times")
                                    + "; the job goes back to its last checkpoint and commits again, and nothing is lost: "
                                    + e,
                            e);
                }
                LOG.warn("The commit to table {} failed and is repeated: {}", name, e.toString());
                time.pause(BACKOFF.delay(failures, ThreadLocalRandom.current()));
            }
        }
    }

    private long attempt(String name, List<TableCommit> due)
            throws IOException, InterruptedException {
        Table table = catalog.loadTable(TableIdentifier.parse(name));
        CommitMark last = CommitHistory.last(table, commitId);
        List<TableCommit> open = new ArrayList<>();
        for (TableCommit each : due) {
            CommitState state = memory.stateOf(each.mark(), last, table);
            if (state == CommitState.FORKED && forkAction == ForkAction.FAIL) {
                throw new ForkedException(name, commitId, each.mark(), last);
            }
            if (state != CommitState.DONE) {
                open.add(each);
            }
        }
        long rows = 0;
        if (!open.isEmpty()) {
            rows = commit(open, table, last);
        }
        due.forEach(each -> StagedManifests.remove(table, each));
        return rows;
    }

    private long commit(List<TableCommit> open, Table table, CommitMark last) throws IOException {
        RowTotal known = CommitHistory.total(table, commitId);
        // Rows of others must not come in between the count of them and the first commit.
        Guard guard = new Guard(last, known == null, table.currentSnapshot());
        RowTotal total = known == null ? RowTotal.before(PresentRows.of(table)) : known;
        Transaction transaction = table.newTransaction();
        long rows = 0;
        for (TableCommit each : open) {
            total = add(each, table, transaction, total, guard);
            rows += each.rows();
        }
        UpdateProperties properties = transaction.updateProperties();
        properties.set(CommitHistory.key(commitId), open.get(open.size() - 1).mark().toString());
        properties.set(CommitHistory.totalKey(commitId), total.toString());
        memory.remember(open, properties);
        properties.commit();
        transaction.commitTransaction();
        return rows;
    }

    /** The total with the commit. */
    private RowTotal add(
            TableCommit commit, Table table, Transaction transaction, RowTotal before, Guard guard)
            throws IOException {
        int steps = commit.steps().size();
        boolean isByKey = false;
        RowTotal total = before;
        for (int i = 0; i < steps; i++) {
            StagedManifests.Files files = StagedManifests.read(table, commit.steps().get(i));
            SnapshotUpdate<?> update;
            if (files.deletes().isEmpty()) {
                AppendFiles append = transaction.newAppend();
                files.data().forEach(append::appendFile);
                update = append;
            } else {
                RowDelta delta = transaction.newRowDelta();
                files.data().forEach(delta::addRows);
                files.deletes().forEach(delta::addDeletes);
                update = delta;
                isByKey = true;
            }
            // The last step alone bears the mark: with it all of the commit is there.
            if (i == steps - 1) {
                update.set(CommitHistory.key(commitId), commit.mark().toString());
                update.set(RECORDS, String.valueOf(commit.rows()));
                total = before.plus(commit.rows(), isByKey);
                update.set(CommitHistory.totalKey(commitId), total.toString());
            } else {
                update.set(
                        CommitHistory.stepKey(commitId),
                        new CommitAddress(commit.table(), commit.mark().own()).text());
            }
            int own = guard.next();
            update.validateWith(snapshots -> guard.allows(commit.mark(), own, snapshots));
            update.commit();
        }
        return total;
    }

    /** Says on which states of the table the snapshots of a transaction may be put. */
    private final class Guard {

        private final CommitMark last;
        private final boolean mustFollowBase;
        private final Snapshot base;
        private int own;

        /**
         * A guard.
         *
         * @param mustFollowBase whether nothing at all may come between
         * @param base the snapshot that was looked at, null for none
         */
        Guard(CommitMark last, boolean mustFollowBase, Snapshot base) {
            this.last = last;
            this.mustFollowBase = mustFollowBase;
            this.base = base;
        }

        /** How many snapshots of the transaction are before the next one. */
        int next() {
            return own++;
        }

        boolean allows(CommitMark mark, int ownBefore, Iterable<Snapshot> snapshots) {
            CommitMark now = CommitHistory.newest(snapshots, commitId);
            return (now == null || now.equals(last) || memory.mayFollow(mark, now))
                    && (!mustFollowBase || followsBase(ownBefore, snapshots));
        }

        private boolean followsBase(int ownBefore, Iterable<Snapshot> snapshots) {
            Iterator<Snapshot> each = snapshots.iterator();
            for (int i = 0; i < ownBefore && each.hasNext(); i++) {
                each.next();
            }
            return base == null
                    ? !each.hasNext()
                    : each.hasNext() && each.next().snapshotId() == base.snapshotId();
        }
    }

    /** The table holds commits of the delivery that the job does not come from. */
    static final class ForkedException extends IOException {

        private static final long serialVersionUID = 1L;

        ForkedException(String table, String commitId, CommitMark due, CommitMark last) {
            super(
                    "Table "
                            + table
                            + " holds the commit "
                            + last.own().run()
                            + "@"
                            + last.own().checkpoint()
                            + " of "
                            + commitId
                            + ", which this job does not come from ("
                            + due
                            + "): it was begun anew, or from a checkpoint that another run went on from, and what it reads again is in the table already. "
                            + "Start it from that run's last checkpoint, or roll the table back to the snapshot that has this job's past; "
                            + "if the two are different deliveries give each an iceberg.commit.id of its own, and if rows may be twice set iceberg.commit.on-fork to APPEND");
        }
    }
}
