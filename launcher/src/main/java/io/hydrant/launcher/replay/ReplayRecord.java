package io.hydrant.launcher.replay;

import java.time.Instant;
import java.util.Objects;

/**
 * One record to replay.
 *
 * @param eventTime when it happened; records come in the order of this time
 * @param partitionKey what keeps records of one origin in one shard
 * @param data the payload; not copied
 */
public record ReplayRecord(Instant eventTime, String partitionKey, byte[] data) {

    /** Validates that nothing is missing. */
    public ReplayRecord {
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(data, "data");
    }
}
