package io.hydrant.jobs.gateway.firehose;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Partition keys for records that have none: drawn, so that all shards get as much, and the same
 * for a run of records that fill about one aggregate, so that they can share it. Thread-safe.
 */
final class KeyRuns {

    private final long runBytes;
    private String key = draw();
    private long bytes;

    KeyRuns(long runBytes) {
        this.runBytes = runBytes;
    }

    /** The key of the next record, which has that many bytes. */
    synchronized String next(int recordBytes) {
        if (bytes > 0 && bytes + recordBytes > runBytes) {
            key = draw();
            bytes = 0;
        }
        bytes += recordBytes;
        return key;
    }

    private static String draw() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }
}
