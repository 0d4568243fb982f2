package io.hydrant.delivery.transform;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How records are gathered for a {@link BatchTransform}. The first condition that is met ends a
 * batch.
 *
 * @param targetBytes payload at which a batch is large enough
 * @param maxRequestBytes what a batch must not exceed, in the transform's own measure
 * @param interval age of its first record at which a batch goes as it is; zero for at once
 * @param maxInFlight batches of one task under way at once, at least 1
 * @param patience how long a further record is held back where that many are under way and the next
 *     is full; then it is taken all the same, so that a checkpoint need not wait for a batch
 */
public record BatchLimits(
        long targetBytes,
        long maxRequestBytes,
        Duration interval,
        int maxInFlight,
        Duration patience)
        implements Serializable {

    /** Short beside a checkpoint, and long beside what a record takes that need not wait. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMillis(500);

    /** Validates ranges. */
    public BatchLimits {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(patience, "patience");
        if (targetBytes < 1 || maxRequestBytes < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "Sizes and maxInFlight must be at least 1, but are "
                            + targetBytes
                            + ", "
                            + maxRequestBytes
                            + " and "
                            + maxInFlight);
        }
        if (interval.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "interval and patience must not be negative, but are "
                            + interval
                            + " and "
                            + patience);
        }
    }
}
