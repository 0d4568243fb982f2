package io.hydrant.redshift;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread that empties the queue beside the task's, so that neither records nor checkpoints wait
 * for the warehouse.
 */
final class LoadWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadWorker.class);

    private final Loader loader;
    private final StagedRemoval removal;
    private final ScheduledExecutorService thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

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
        thread.execute(this::drain);
    }

    /** Returns once what was queued, to the end of the input, is loaded or left out. */
    void drainNow() throws IOException, InterruptedException {
        loader.end();
        try {
            thread.submit(this::drain).get();
        } catch (ExecutionException e) {
            throw new IOException("The loading thread failed", e.getCause());
        }
        throwFailure();
    }

    /** Fails the task with what the thread failed with. */
    void throwFailure() throws IOException {
        Throwable failed = failure.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private void drainAndRemove() {
        drain();
        if (failure.get() == null && !Thread.currentThread().isInterrupted()) {
            try {
                removal.removeDue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure.set(e);
            }
        }
    }

    private void drain() {
        if (failure.get() != null) {
            return;
        }
        try {
            loader.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            if (thread.isShutdown()) {
                LOG.debug("A load ended with its task", e);
                return;
            }
            LOG.error("Loads stop; the next commit fails the job", e);
            failure.set(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
