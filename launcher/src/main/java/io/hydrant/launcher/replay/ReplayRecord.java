package io.hydrant.launcher.replay;

import io.hydrant.localstack.harness.data.Flight;

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

    /** A flight; the days of one flight, such as UA/1545/EWR, stay in one shard and in order. */
    public static ReplayRecord of(Flight flight) {
        String id = flight.id();
        return new ReplayRecord(
                flight.eventTime(), id.substring(id.indexOf('/') + 1), flight.json());
    }

    /** Validates that nothing is missing. */
    public ReplayRecord {
        Objects.requireNonNull(eventTime, "eventTime");
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(data, "data");
    }
}
