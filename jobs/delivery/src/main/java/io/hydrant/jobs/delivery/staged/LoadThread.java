package io.hydrant.jobs.delivery.staged;

import io.hydrant.s3.stage.StagedDrain;
import io.hydrant.s3.store.ObjectStore;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A thread beside the task's that puts what waits into tables, so that neither records nor
 * checkpoints wait for those.
 */
final class LoadThread implements AutoCloseable {

    private final TableLoader loader;
    private final ObjectStore store;
    private final ExecutorService thread;
    private final StagedDrain drain;
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
        this.drain = new StagedDrain(thread, loader::drain, "Nothing is put into tables any more");
    }

    /** Looks for what waits as soon as the thread is free. */
    void wake() {
        if (isWoken.compareAndSet(false, true)) {
            thread.execute(
                    () -> {
                        isWoken.set(false);
                        drain.run();
                    });
        }
    }

    /** Returns once nothing waits any more. */
    void drainNow() throws IOException, InterruptedException {
        loader.end();
        drain.await();
    }

    /** Fails the task with what the thread failed with. */
    void throwFailure() throws IOException {
        drain.throwFailure();
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
