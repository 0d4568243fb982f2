package io.hydrant.iceberg.audit;

import java.time.Instant;
import java.util.Locale;

/**
 * A snapshot that is of no delivery of Hydrant.
 *
 * @param snapshotId its id
 * @param timeMillis when it was made
 * @param operation what it calls itself, such as append
 * @param added rows that it says it added
 * @param deleted rows that it says it removed
 */
record ForeignCommit(long snapshotId, long timeMillis, String operation, long added, long deleted) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "snapshot %d of %s (%s, %+,d rows)",
                snapshotId,
                Instant.ofEpochMilli(timeMillis),
                operation,
                added - deleted);
    }
}
