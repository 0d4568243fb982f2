package io.hydrant.iceberg.upkeep;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

import java.time.Duration;

/**
 * Expires snapshots of a table, but none that leads from the newest one with a mark of the delivery
 * to the present one: by that mark the table knows a commit again, and that it was rolled back.
 */
final class Expiry {

    private final Table table;
    private final UpkeepConfig config;
    private final String markKey;

    /**
     * An expiry.
     *
     * @param markKey what the summary of a snapshot calls the mark of the delivery
     */
    Expiry(Table table, UpkeepConfig config, String markKey) {
        this.table = table;
        this.config = config;
        this.markKey = markKey;
    }

    /**
     * Expires what is too old.
     *
     * @param nowMillis the time
     */
    void run(long nowMillis) {
        if (table.currentSnapshot() == null) {
            return;
        }
        table.expireSnapshots()
                .expireOlderThan(before(table, markKey, nowMillis, config.maxAge()))
                .retainLast(config.kept())
                .cleanExpiredFiles(true)
                .commit();
    }

    /** The time before which snapshots are not needed any more. */
    static long before(Table table, String markKey, long nowMillis, Duration maxAge) {
        long before = nowMillis - maxAge.toMillis();
        for (Snapshot each :
                SnapshotUtil.ancestorsOf(table.currentSnapshot().snapshotId(), table::snapshot)) {
            before = Math.min(before, each.timestampMillis());
            if (each.summary() != null && each.summary().containsKey(markKey)) {
                return before;
            }
        }
        return nowMillis - maxAge.toMillis();
    }
}
