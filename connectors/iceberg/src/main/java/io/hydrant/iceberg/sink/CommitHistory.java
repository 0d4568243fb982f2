package io.hydrant.iceberg.sink;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Finds the last commit of a delivery in a table.
 *
 * <p>A commit's mark is in two places, written in one transaction: in the summary of its snapshot
 * and in a property of the table. The snapshots that lead to the present one are asked first, since
 * a table that was rolled back on purpose does not hold what came after; the property tells where
 * none of them is of this delivery any more, for snapshots expire, and some catalogs show only the
 * last one.
 */
final class CommitHistory {

    private static final String PREFIX = "hydrant.commit.";

    private CommitHistory() {}

    /** Name of the mark, in the table's properties as in a snapshot's summary. */
    static String key(String commitId) {
        return PREFIX + commitId;
    }

    /** The mark of the last commit, or null where the table knows none. */
    static CommitMark last(Table table, String commitId) {
        Snapshot current = table.currentSnapshot();
        CommitMark found =
                current == null
                        ? null
                        : newest(
                                SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot),
                                commitId);
        String property = table.properties().get(key(commitId));
        return found != null || property == null ? found : CommitMark.parse(property);
    }

    /** The mark of the first of these snapshots that has one, or null. */
    static CommitMark newest(Iterable<Snapshot> snapshots, String commitId) {
        String key = key(commitId);
        for (Snapshot each : snapshots) {
            String mark = each.summary() == null ? null : each.summary().get(key);
            if (mark != null) {
                return CommitMark.parse(mark);
            }
        }
        return null;
    }
}
