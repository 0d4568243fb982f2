package io.hydrant.kinesis.sink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A few threads that put batches of pending records, until the room of those is closed. */
final class PutThreads {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final PendingEntries pending;
    private final ExecutorService threads;

    /**
     * Starts them.
     *
     * @param count calls at the same time
     * @param put puts one batch and settles it; what it throws fails the pending records
     */
    PutThreads(String stream, int count, PendingEntries pending, Consumer<List<PendingEntry>> put) {
        this.pending = pending;
        this.threads =
                Executors.newFixedThreadPool(
                        count,
                        task -> {
                            Thread thread = new Thread(task, "put-" + stream);
                            thread.setDaemon(true);
                            return thread;
                        });
        for (int i = 0; i < count; i++) {
            threads.execute(() -> putUntilClosed(put));
        }
    }

    private void putUntilClosed(Consumer<List<PendingEntry>> put) {
        try {
            List<PendingEntry> batch = pending.nextBatch();
            while (batch != null) {
                put.accept(batch);
                batch = pending.nextBatch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            pending.fail(e);
        } catch (Error e) {
            pending.fail(new IllegalStateException("Putting ended with an error", e));
            throw e;
        }
    }

    /**
     * Stops at once, and waits for a call that is about to end: the API must not be closed under
     * it.
     */
    void stop() {
        pending.close();
        threads.shutdownNow();
        try {
            threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
