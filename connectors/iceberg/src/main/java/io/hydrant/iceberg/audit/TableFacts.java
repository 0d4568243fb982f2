package io.hydrant.iceberg.audit;

import io.hydrant.iceberg.sink.CommitHistory;
import io.hydrant.iceberg.sink.CommitMark;
import io.hydrant.iceberg.sink.RowTotal;

import java.util.List;
import java.util.Set;

/**
 * What a table says of itself, at one snapshot.
 *
 * @param table its full name
 * @param exists whether it is in the catalog
 * @param visible marks of the delivery's commits in the snapshots that lead to the present one, the
 *     newest first
 * @param redrives commits of redrives among those snapshots
 * @param isWhole whether those are all the snapshots there were; else older ones have expired
 * @param last mark of the last commit by the table's property, null for none
 * @param own what the delivery's commits and those of its redrives add up to, null where the table
 *     does not say
 * @param expectedRows rows by the commits of all deliveries of Hydrant, {@link RowTotal#UNKNOWN}
 *     where they prove nothing
 * @param rows rows in the table, {@link RowTotal#UNKNOWN} where they were not counted
 * @param files files of the table
 * @param spoiltFiles files that are not there or not as the table has them, each with what is wrong
 * @param foreign snapshots of others among those that are visible, but those that change no rows
 */
record TableFacts(
        String table,
        boolean exists,
        List<CommitMark> visible,
        Set<CommitMark.Point> redrives,
        boolean isWhole,
        CommitMark last,
        RowTotal own,
        long expectedRows,
        long rows,
        long files,
        List<String> spoiltFiles,
        List<ForeignCommit> foreign) {

    TableFacts {
        visible = List.copyOf(visible);
        redrives = Set.copyOf(redrives);
        spoiltFiles = List.copyOf(spoiltFiles);
        foreign = List.copyOf(foreign);
    }

    static TableFacts ofNone(String table) {
        return new TableFacts(
                table,
                false,
                List.of(),
                Set.of(),
                true,
                null,
                null,
                RowTotal.UNKNOWN,
                RowTotal.UNKNOWN,
                0,
                List.of(),
                List.of());
    }

    /**
     * Whether a commit that once was in the table is there still.
     *
     * <p>Its snapshot says so while it is visible. One that has expired is in the past of the
     * oldest that has not; one that is neither was left behind when the table was rolled back.
     * Those of redrives are in nobody's past, so once snapshots have expired only the total of all
     * tells.
     */
    boolean holds(CommitMark.Point commit) {
        for (CommitMark each : visible) {
            if (each.own().equals(commit)) {
                return true;
            }
        }
        if (redrives.contains(commit)) {
            return true;
        }
        if (isWhole) {
            return false;
        }
        if (CommitHistory.isOfRedrive(commit)) {
            return true;
        }
        CommitMark oldest = visible.isEmpty() ? last : visible.get(visible.size() - 1);
        return oldest != null && (oldest.includes(commit) || oldest.hasForgotten(commit));
    }
}
