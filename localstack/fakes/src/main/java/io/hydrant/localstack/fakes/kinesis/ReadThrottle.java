package io.hydrant.localstack.fakes.kinesis;

import java.util.ArrayDeque;

/**
 * The read limits of one shard: five calls in any second and 2 MB/s, where a large answer uses up
 * the seconds after it.
 *
 * <p>Source: Kinesis developer guide, "Quotas and limits" (GetRecords: a call that returns 10 MB
 * makes the calls of the next five seconds fail). Guarded by its stream.
 */
final class ReadThrottle {

    private static final int CALLS_PER_SECOND = 5;
    private static final long BYTES_PER_SECOND = 2_000_000;

    private final ArrayDeque<Long> calls = new ArrayDeque<>(CALLS_PER_SECOND);
    private long busyUntilMillis;

    /** Whether a call may go through now; if so, it counts. */
    boolean admits(long nowMillis) {
        while (!calls.isEmpty() && calls.peekFirst() <= nowMillis - 1000) {
            calls.removeFirst();
        }
        if (calls.size() >= CALLS_PER_SECOND || nowMillis < busyUntilMillis - 1000) {
            return false;
        }
        calls.addLast(nowMillis);
        return true;
    }

    /** Counts what an admitted call returned. */
    void returned(long bytes, long nowMillis) {
        busyUntilMillis = Math.max(busyUntilMillis, nowMillis) + bytes * 1000 / BYTES_PER_SECOND;
    }
}
