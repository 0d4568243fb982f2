package io.hydrant.kinesis.source.enumerator;

import java.time.Duration;

/**
 * When to say that shards are held back for want of a completed checkpoint: a job that makes none,
 * or whose checkpoints all fail, would wait for ever in silence.
 *
 * <p>Counts listings instead of looking at a clock: they come at even intervals.
 *
 * <p>Nothing here knows Flink. Not thread-safe.
 */
final class HeldBackShards {

    /** Longer than the intervals at which jobs usually make checkpoints. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Duration listingInterval;
    private final long listingsUntilLong;
    private long listings;

    /**
     * Nothing is held back yet.
     *
     * @param listingInterval how often {@link #isLong} will be asked
     */
    HeldBackShards(Duration listingInterval) {
        this.listingInterval = listingInterval;
        this.listingsUntilLong = Math.max(1, LONG.dividedBy(listingInterval));
    }

    /** A checkpoint has completed, so those that are still held back wait for the next one. */
    void checkpointCompleted() {
        listings = 0;
    }

    /**
     * A listing shows how many shards are held back.
     *
     * @return whether some were for ten minutes, during which no checkpoint completed; true once
     *     for each ten minutes
     */
    boolean isLong(long heldBack) {
        if (heldBack == 0) {
            listings = 0;
            return false;
        }
        listings++;
        return listings % listingsUntilLong == 0;
    }

    /** How long that is. */
    Duration howLong() {
        return listingInterval.multipliedBy(listings);
    }
}
