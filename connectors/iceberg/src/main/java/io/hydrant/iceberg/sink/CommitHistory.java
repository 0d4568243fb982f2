package io.hydrant.iceberg.sink;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the last commit of a delivery in a table.
 *
 * <p>A commit's mark is in two places, written in one transaction: in the summary of its snapshot
 * and in a property of the table. The snapshots that lead to the present one are asked first, since
 * a table that was rolled back on purpose does not hold what came after; the property tells where
 * none of them is of this delivery any more, for snapshots expire, and some catalogs show only the
 * last one. Where the mark is, there is also the {@link RowTotal} up to it.
 */
public final class CommitHistory {

    private static final String PREFIX = "hydrant.commit.";
    private static final String TOTAL_PREFIX = "hydrant.total.";
    private static final String STEP_PREFIX = "hydrant.step.";

    private static final String REDRIVEN_PREFIX = "hydrant.redriven.";

    /** No run of a job begins so: those are hexadecimal. */
    private static final String REDRIVE_RUN = "redrive-";

    private CommitHistory() {}

    /** Name in the tables under which the redrives of a delivery commit. */
    public static String redriveId(String commitId) {
        return commitId + "/redrive";
    }

    /** Whether a commit is of a redrive. */
    public static boolean isOfRedrive(CommitMark.Point commit) {
        return commit.run().startsWith(REDRIVE_RUN);
    }

    /** The mark of the commit of a redrive, which comes from no other. */
    static CommitMark ofRedrive(UUID redrive) {
        return new CommitMark(List.of(new CommitMark.Point(REDRIVE_RUN + redrive, 1)));
    }

    /** Name of the property that a table has while a redrive that it holds is not noted yet. */
    static String redrivenKey(String commitId, String run) {
        return REDRIVEN_PREFIX + commitId + '.' + run;
    }

    /** Name of the mark, in the table's properties as in a snapshot's summary. */
    static String key(String commitId) {
        return PREFIX + commitId;
    }

    /** Name of the total up to a commit, which stands wherever its mark does. */
    static String totalKey(String commitId) {
        return TOTAL_PREFIX + commitId;
    }

    /** What a snapshot bears that is a step of a commit and not its last. */
    static String stepKey(String commitId) {
        return STEP_PREFIX + commitId;
    }

    /** The mark of the last commit, or null where the table knows none. */
    public static CommitMark last(Table table, String commitId) {
        String mark = ofLast(table, commitId).get(key(commitId));
        return mark == null ? null : CommitMark.parse(mark);
    }

    /** What the commits up to the last add up to, or null where the table does not say. */
    public static RowTotal total(Table table, String commitId) {
        String total = ofLast(table, commitId).get(totalKey(commitId));
        return total == null ? null : RowTotal.parse(total);
    }

    /** The mark of the commit that a snapshot completes, null where it is of none. */
    public static CommitMark of(Snapshot snapshot, String commitId) {
        String mark = snapshot.summary() == null ? null : snapshot.summary().get(key(commitId));
        return mark == null ? null : CommitMark.parse(mark);
    }

    /** Whether a snapshot is of a delivery of Hydrant, whichever. */
    public static boolean isOfHydrant(Snapshot snapshot) {
        return snapshot.summary() != null
                && snapshot.summary().keySet().stream()
                        .anyMatch(key -> key.startsWith(PREFIX) || key.startsWith(STEP_PREFIX));
    }

    /**
     * Rows that the table must have by the commits of all deliveries of Hydrant, {@link
     * RowTotal#UNKNOWN} where there are none or they prove nothing.
     */
    public static long expectedRows(Table table) {
        Map<String, RowTotal> totals = new HashMap<>();
        for (Snapshot each : ofTable(table)) {
            addTotals(each.summary(), totals);
        }
        addTotals(table.properties(), totals);
        return RowTotal.expected(totals.values());
    }

    /** Of each delivery the first that is found counts, since that is the newest. */
    private static void addTotals(Map<String, String> all, Map<String, RowTotal> totals) {
        if (all != null) {
            all.forEach(
                    (key, text) -> {
                        if (key.startsWith(TOTAL_PREFIX)) {
                            totals.putIfAbsent(key, RowTotal.parse(text));
                        }
                    });
        }
    }

    /** The snapshots that lead to the present one, the newest first. */
    public static Iterable<Snapshot> ofTable(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null
                ? List.of()
                : SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot);
    }

    /** Where the last commit is written down. */
    private static Map<String, String> ofLast(Table table, String commitId) {
        for (Snapshot each : ofTable(table)) {
            if (each.summary() != null && each.summary().containsKey(key(commitId))) {
                return each.summary();
            }
        }
        return table.properties();
    }

    /** The mark of the first of these snapshots that has one, or null. */
    static CommitMark newest(Iterable<Snapshot> snapshots, String commitId) {
        for (Snapshot each : snapshots) {
            CommitMark mark = of(each, commitId);
            if (mark != null) {
                return mark;
            }
        }
        return null;
    }
}
