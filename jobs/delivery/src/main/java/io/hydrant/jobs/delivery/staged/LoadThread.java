package io.hydrant.jobs.delivery.staged;

import io.hydrant.s3.store.ObjectStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread beside the task's that puts what waits into tables, so that neither records nor
 * checkpoints wait for those.
 */
final class LoadThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadThread.class);

    private final TableLoader loader;
    private final ObjectStore store;
    private final ExecutorService thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();

    /** The one that the executor made; null before it has anything to do. */
    private volatile Thread worker;

    /**
     * A thread, which closes loader and store at its end.
     *
     * @param store that the loader looks at
     */
    LoadThread(TableLoader loader, ObjectStore store) {
        this.loader = loader;
        this.store = store;
        this.thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread created = new Thread(work, "hydrant-iceberg-load");
                            created.setDaemon(true);
                            worker = created;
                            return created;
                        });
    }

    /** Looks for what waits as soon as the thread is free. */
    void wake() {
        if (isWoken.compareAndSet(false, true)) {
            thread.execute(
                    () -> {
                        isWoken.set(false);
                        drain();
                    });
        }
    }

    /** Returns once nothing waits any more. */
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
            LOG.error("Nothing is put into tables any more; the next commit fails the job", e);
            failure.set(e);
        }
    }

    /** Does not wait: what hangs in a catalog ends by itself, and spoils nothing meanwhile. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        loader.stop();
        thread.execute(
                () -> {
                    // The interrupt was for the load.
                    Thread.interrupted();
                    try (ObjectStore closed = store) {
                        loader.close();
                    }
                });
        thread.shutdown();
        worker.interrupt();
    }
}
