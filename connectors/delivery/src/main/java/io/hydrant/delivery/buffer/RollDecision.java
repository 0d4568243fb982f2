package io.hydrant.delivery.buffer;

import java.time.Duration;

/**
 * Judges when an open object is due: at its size or at its age, whichever comes first. Both are
 * hints, and neither knows of checkpoints.
 *
 * <p>Source: Firehose developer guide, "Configure buffering hints": the first condition that is met
 * triggers the delivery; size is measured before compression.
 */
public final class RollDecision {

    private final SizeHint size;
    private final long intervalMillis;

    /**
     * A decision for these hints.
     *
     * @param size bytes before compression
     * @param interval age; zero makes everything due at once, which means at the next checkpoint
     */
    public RollDecision(SizeHint size, Duration interval) {
        this.size = size;
        this.intervalMillis = interval.toMillis();
    }

    /** Whether an object with that many bytes before compression is due by its size. */
    public boolean isFull(long uncompressedBytes) {
        return uncompressedBytes >= size.bytes();
    }

    /** Whether an object is due by its age. */
    public boolean isDue(long openedAtMillis, long nowMillis) {
        return nowMillis >= dueAt(openedAtMillis);
    }

    /** The instant at which an object becomes due by its age; never overflows. */
    public long dueAt(long openedAtMillis) {
        return openedAtMillis > Long.MAX_VALUE - intervalMillis
                ? Long.MAX_VALUE
                : openedAtMillis + intervalMillis;
    }

    /**
     * Whether a timer is worth its while. Without an interval objects are delivered with the
     * checkpoint, and cutting them any earlier would make them smaller, not sooner.
     */
    public boolean needsTimer() {
        return intervalMillis > 0;
    }
}
