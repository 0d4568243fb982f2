package io.hydrant.jobs.ingest.tail;

/**
 * How long to leave a file alone: the longer it has not grown, the longer, so that ten thousand
 * quiet files cost little and a busy one is read at once. Pure.
 */
final class PollPace {

    /** The longest wait, in which a line of a file that woke up is late. */
    static final long LONGEST_MILLIS = 2_000;

    /** A file is asked about so many times in the time that it has been quiet. */
    private static final int SHARE = 8;

    private PollPace() {}

    /** Milliseconds to wait for a file that last grew so many milliseconds ago. */
    static long delay(long quietMillis, long shortestMillis) {
        long longest = Math.max(shortestMillis, LONGEST_MILLIS);
        return Math.max(shortestMillis, Math.min(longest, quietMillis / SHARE));
    }
}
