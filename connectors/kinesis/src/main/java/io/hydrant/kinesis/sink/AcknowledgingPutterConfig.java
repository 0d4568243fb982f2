package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;

import java.time.Duration;
import java.util.Objects;

/**
 * How an {@link AcknowledgingPutter} puts.
 *
 * @param aggregation how user records are packed into KPL aggregates, or null to put each for
 *     itself
 * @param producerIdentity whether records carry a stamp that copies share, for readers to leave
 *     them out; each then is in a KPL aggregate, alone where there is no aggregation
 * @param batchBytes bytes of one batch at the most
 * @param maxInFlight calls at the same time
 * @param maxPendingRecords records that are given and have no receipt yet, at the most
 * @param maxPendingBytes the bytes of those, at the most
 * @param linger how long a batch that is not full waits for more records
 * @param patience for how long a record is put again and again, before its receipt says that it
 *     failed
 * @param backoff pauses between that
 */
public record AcknowledgingPutterConfig(
        Aggregation aggregation,
        boolean producerIdentity,
        int batchBytes,
        int maxInFlight,
        int maxPendingRecords,
        long maxPendingBytes,
        Duration linger,
        Duration patience,
        ExponentialBackoff backoff) {

    /** Validates ranges. */
    public AcknowledgingPutterConfig {
        Objects.requireNonNull(backoff, "backoff");
        requirePositive("batchBytes", batchBytes);
        requirePositive("maxInFlight", maxInFlight);
        requirePositive("maxPendingRecords", maxPendingRecords);
        requirePositive("maxPendingBytes", maxPendingBytes);
        if (linger.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "linger and patience must not be negative, but are "
                            + linger
                            + " and "
                            + patience);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
