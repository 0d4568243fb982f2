package io.hydrant.iceberg.sink;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

import java.util.Map;

/** Counts the rows that a table has, by what its newest snapshot says of itself. */
final class PresentRows {

    private PresentRows() {}

    /** The rows, {@link RowTotal#UNKNOWN} where keys are deleted or the snapshot does not say. */
    static long of(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? 0 : of(current.summary());
    }

    private static long of(Map<String, String> summary) {
        if (summary == null
                || !summary.containsKey(SnapshotSummary.TOTAL_RECORDS_PROP)
                || number(summary, SnapshotSummary.TOTAL_EQ_DELETES_PROP) != 0) {
            return RowTotal.UNKNOWN;
        }
        return number(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
                - number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }
}
