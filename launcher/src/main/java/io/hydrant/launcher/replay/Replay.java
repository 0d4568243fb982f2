package io.hydrant.launcher.replay;

import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.sink.PutStats;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Puts records into a stream, each when it is due.
 *
 * <p>At least once, as {@link BatchPutter} does: a put whose answer was lost is made again.
 */
public final class Replay {

    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    private static final ThreadFactory DAEMONS =
            task -> {
                Thread thread = new Thread(task, "replay-progress");
                thread.setDaemon(true);
                return thread;
            };

    private final BatchPutter putter;
    private final ReplayPace pace;
    private final long total;
    private final long start = System.nanoTime();
    private final PutStats before;
    private volatile Current current = new Current(0, null);

    private Replay(BatchPutter putter, ReplayPace pace, long total) {
        this.putter = putter;
        this.pace = pace;
        this.total = total;
        this.before = putter.stats();
    }

    /**
     * Puts all records and waits until the stream has taken them.
     *
     * @param putter puts them; nobody else uses it meanwhile, and it stays open
     * @param pace when each is due
     * @param records in the order of their event times
     * @param total how many they are, for the progress
     * @param listener told how far it is: once a second on a thread of its own, and at the end
     * @return how it ended, as the listener was told
     * @throws IOException if a record cannot be read
     * @throws InterruptedException if this thread is interrupted; what was put stays
     * @throws io.hydrant.kinesis.stream.StreamException if the stream refuses for good; says what
     *     to mend
     */
    public static ReplayStatus run(
            BatchPutter putter,
            ReplayPace pace,
            Iterator<ReplayRecord> records,
            long total,
            Consumer<ReplayStatus> listener)
            throws IOException, InterruptedException {
        Replay replay = new Replay(putter, pace, total);
        ScheduledExecutorService ticker = new ScheduledThreadPoolExecutor(1, DAEMONS);
        try {
            var ticks =
                    ticker.scheduleAtFixedRate(
                            () -> listener.accept(replay.status()),
                            TELL_EVERY.toNanos(),
                            TELL_EVERY.toNanos(),
                            TimeUnit.NANOSECONDS);
            replay.putAll(records);
            ticks.cancel(false);
        } finally {
            ticker.shutdown();
        }
        // After the last tick, so that the end is told last.
        ticker.awaitTermination(TELL_EVERY.toSeconds(), TimeUnit.SECONDS);
        ReplayStatus end = replay.status();
        listener.accept(end);
        return end;
    }

    private void putAll(Iterator<ReplayRecord> records) throws IOException, InterruptedException {
        Instant first = null;
        for (long index = 0; records.hasNext(); index++) {
            ReplayRecord next = records.next();
            if (first == null) {
                first = next.eventTime();
            }
            long due = pace.dueNanos(index, first, next.eventTime());
            current = new Current(due, next.eventTime());
            // Returns at once when the time is over.
            TimeUnit.NANOSECONDS.sleep(due - (System.nanoTime() - start));
            putter.put(next.partitionKey(), next.data());
        }
        putter.flush();
    }

    private ReplayStatus status() {
        PutStats now = putter.stats();
        Current at = current;
        long elapsed = System.nanoTime() - start;
        boolean paced = !pace.equals(ReplayPace.AS_FAST_AS_IT_GOES);
        return new ReplayStatus(
                now.records() - before.records(),
                total,
                now.bytes() - before.bytes(),
                Duration.ofNanos(elapsed),
                Duration.ofNanos(paced ? Math.max(0, elapsed - at.due()) : 0),
                at.eventTime(),
                now.throttledRecords() - before.throttledRecords());
    }

    /** The record that waits for its time or for room, or was the last. */
    private record Current(long due, Instant eventTime) {}
}
