package io.hydrant.kinesis.source.reader;

import io.hydrant.core.retry.ExponentialBackoff;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to read a shard again, and how many records to ask for.
 *
 * <p>Calls for one shard are never closer than the service's five a second. How much it returns is
 * not limited until it complains: from then on the shard is read at no more than the published 2
 * MB/s, and at less while the complaints go on, because other readers share the shard's allowance.
 * A slow recovery ends at 2 MB/s again.
 *
 * <p>A reader that comes late to its shards has more to read than it can. Of those, the ones that
 * had nothing the last time wait longer, a second at the most, so that calls that return nothing do
 * not take the time of those that return a backlog.
 *
 * <p>Source: Kinesis Data Streams developer guide, "Quotas and limits" (five reads and 2 MB a
 * second for a shard, 10 MB for a call).
 *
 * <p>Times are of {@link ReaderTime#nanoTime()}. Not thread-safe.
 */
public final class ShardPace {

    private static final double SERVICE_BYTES_PER_SECOND = 2.0 * 1024 * 1024;
    private static final double LEAST_BYTES_PER_SECOND = 128.0 * 1024;
    private static final long MOST_BEHIND_BUSY_SHARDS = Duration.ofSeconds(1).toNanos();
    private static final double SLOWER = 0.7;
    private static final double FASTER = 1.02;

    /**
     * Records that a first call asks for, while nothing is known about their size: of aggregates of
     * 32 KB that is 320 KB in place of the 10 MB that a call may return, which a JVM that has
     * compiled nothing yet would take long to decode.
     */
    private static final int FIRST_LIMIT = 10;

    private static final ExponentialBackoff AFTER_THROTTLE =
            new ExponentialBackoff(Duration.ofMillis(400), Duration.ofSeconds(10), 2, 0.3);
    private static final ExponentialBackoff AFTER_TROUBLE =
            new ExponentialBackoff(Duration.ofMillis(500), Duration.ofSeconds(30), 2, 0.3);

    private final int maxRecords;
    private final long targetBytes;
    private final long intervalNanos;
    private final long idleIntervalNanos;
    private final RandomGenerator random;
    private double recordBytes;
    private double bytesPerSecond = Double.POSITIVE_INFINITY;
    private long lastPageAt;
    private long lastPageBytes;
    private int failures;

    /**
     * A pace that knows nothing of its shard yet.
     *
     * @param maxRecords records of a call at the most
     * @param targetBytes payload of a call that is aimed at
     * @param interval shortest time from call to call
     * @param idleInterval the same after a call that returned nothing
     */
    public ShardPace(
            int maxRecords,
            long targetBytes,
            Duration interval,
            Duration idleInterval,
            RandomGenerator random) {
        this.maxRecords = maxRecords;
        this.targetBytes = targetBytes;
        this.intervalNanos = interval.toNanos();
        this.idleIntervalNanos = Math.max(interval.toNanos(), idleInterval.toNanos());
        this.random = random;
    }

    /**
     * Says how large records may be, from those of other shards; what is known of the shard's own
     * counts for more.
     *
     * @param size bytes of a record, 0 where nobody knows
     */
    public void expect(double size) {
        if (recordBytes == 0) {
            recordBytes = size;
        }
    }

    /** Records to ask for. */
    public int limit() {
        if (recordBytes == 0) {
            return Math.min(maxRecords, FIRST_LIMIT);
        }
        double fitting = targetBytes / recordBytes;
        return (int) Math.max(1, Math.min(maxRecords, fitting));
    }

    /**
     * A call returned.
     *
     * @param calledAt when it was made
     * @param late how long after the time it could have been made at, in nanoseconds
     * @return when to make the next one
     */
    public long afterPage(long calledAt, long late, int records, long bytes) {
        failures = 0;
        lastPageAt = calledAt;
        lastPageBytes = bytes;
        if (records == 0) {
            return calledAt + Math.max(idleIntervalNanos, Math.min(late, MOST_BEHIND_BUSY_SHARDS));
        }
        double size = Math.max(1.0, (double) bytes / records);
        recordBytes = recordBytes == 0 ? size : (recordBytes + size) / 2;
        long forBytes = nanosFor(bytes);
        bytesPerSecond =
                Double.isInfinite(bytesPerSecond)
                        ? bytesPerSecond
                        : Math.min(SERVICE_BYTES_PER_SECOND, bytesPerSecond * FASTER);
        return calledAt + Math.max(intervalNanos, forBytes);
    }

    /** Something came without a call; failures before it count no more. */
    public void recovered() {
        failures = 0;
    }

    /** A call was refused for being too many or too much; says when to make the next one. */
    public long afterThrottle(long calledAt) {
        bytesPerSecond =
                Double.isInfinite(bytesPerSecond)
                        ? SERVICE_BYTES_PER_SECOND
                        : Math.max(LEAST_BYTES_PER_SECOND, bytesPerSecond * SLOWER);
        // A page may be worth seconds of the allowance: calls before they are over are refused.
        long forLastPage = lastPageAt + nanosFor(lastPageBytes) - calledAt;
        return calledAt + Math.max(pause(AFTER_THROTTLE), forLastPage);
    }

    /** A call failed for a reason that passes; says when to make the next one. */
    public long afterTrouble(long calledAt) {
        return calledAt + pause(AFTER_TROUBLE);
    }

    private long nanosFor(long bytes) {
        return (long) (bytes / bytesPerSecond * Duration.ofSeconds(1).toNanos());
    }

    private long pause(ExponentialBackoff backoff) {
        failures = Math.min(failures + 1, 32);
        return Math.max(intervalNanos, backoff.delay(failures, random).toNanos());
    }
}
