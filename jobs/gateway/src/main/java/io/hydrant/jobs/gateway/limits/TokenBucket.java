package io.hydrant.jobs.gateway.limits;

import java.time.Duration;

/**
 * Lets through so much a second, and what was not used for up to one second. Something larger than
 * that passes when the bucket is full, and leaves a debt that the next ones wait for. Thread-safe.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long filledAt;

    /** Full at first; the time is {@link System#nanoTime}, also below. */
    TokenBucket(long perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAt = now;
    }

    /** Whether so much may pass now; then it has. */
    synchronized boolean take(long amount, long now) {
        tokens = Math.min(perSecond, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        if (tokens < Math.min((double) amount, perSecond)) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    /** How long until so much may pass, if nothing else does meanwhile. */
    synchronized Duration until(long amount, long now) {
        double at = Math.min(perSecond, tokens + (now - filledAt) / NANOS * perSecond);
        double missing = Math.min((double) amount, perSecond) - at;
        return missing <= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS));
    }

    /** Takes back what has passed and was not used. */
    synchronized void giveBack(long amount) {
        tokens += amount;
    }
}
