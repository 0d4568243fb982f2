package io.hydrant.redshift;

import io.hydrant.s3.stage.StagedDrain;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thread that empties the queue beside the task's, so that neither records nor checkpoints wait
 * for the warehouse.
 */
final class LoadWorker implements AutoCloseable {

    private final Loader loader;
    private final StagedRemoval removal;
    private final ScheduledExecutorService thread;
    private final StagedDrain drain;

    LoadWorker(Loader loader, StagedRemoval removal) {
        this.loader = loader;
        this.removal = removal;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread created = new Thread(work, "hydrant-redshift-load");
                            created.setDaemon(true);
                            return created;
                        });
        this.drain = new StagedDrain(thread, loader::drain, "Loads stop");
    }

    /** Looks at the queue now and after every such time, and then removes what is due for it. */
    void poll(Duration interval) {
        // Never done, and what it fails with is kept by drain.
        var unused =
                thread.scheduleWithFixedDelay(
                        this::drainAndRemove, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at the queue as soon as the thread is free. */
    void wake() {
        thread.execute(drain::run);
    }

    /** The input has ended: loads what is queued as soon as the thread is free. */
    void end() {
        loader.end();
        wake();
    }

    /** Returns once what was queued, to the end of the input, is loaded or left out. */
    void drainNow() throws IOException, InterruptedException {
        drain.await();
    }

    /** Fails the task with what the thread failed with. */
    void throwFailure() throws IOException {
        drain.throwFailure();
    }

    private void drainAndRemove() {
        drain.run();
        if (!drain.hasFailed() && !Thread.currentThread().isInterrupted()) {
            try {
                removal.removeDue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                drain.fail(e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
