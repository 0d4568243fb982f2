package io.hydrant.launcher.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What UpdateShardCount still takes: ten calls in any 24 hours, to no more than twice and no fewer
 * than half of the shards, never above 10,000.
 *
 * <p>Source: Kinesis Data Streams API reference, UpdateShardCount.
 */
final class UpdateBudget {

    /** Shards to which the call goes. */
    static final int MAX_SHARDS = 10_000;

    private static final int CALLS = 10;
    private static final Duration WINDOW = Duration.ofHours(24);

    private final Deque<Instant> calls = new ArrayDeque<>();

    /** A call was made. */
    void spent(Instant at) {
        calls.addLast(at);
    }

    /** The service refused a call that should have been left: somebody else has made some. */
    void exhaust(Instant at) {
        while (left(at) > 0) {
            spent(at);
        }
    }

    /** The calls that may still count. */
    List<Instant> calls() {
        return List.copyOf(calls);
    }

    /** Calls that are left now. */
    int left(Instant now) {
        while (!calls.isEmpty() && !calls.peekFirst().plus(WINDOW).isAfter(now)) {
            calls.removeFirst();
        }
        return CALLS - calls.size();
    }

    /** When the next call is left that is not now; null where all are. */
    Instant nextLeft(Instant now) {
        left(now);
        return calls.isEmpty() ? null : calls.peekFirst().plus(WINDOW);
    }

    /** The nearest to a number of shards that one call reaches. */
    static int reach(int open, int wanted) {
        int least = (open + 1) / 2;
        return Math.max(least, Math.min(Math.min(2 * open, MAX_SHARDS), wanted));
    }
}
