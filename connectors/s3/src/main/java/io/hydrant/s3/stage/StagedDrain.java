package io.hydrant.s3.stage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts what is staged into its destination on a thread beside the task's, and keeps what that fails
 * with until the task asks; from then on nothing is drained any more.
 *
 * <p>Thread-safe. The thread belongs to who made it.
 */
public final class StagedDrain {

    private static final Logger LOG = LoggerFactory.getLogger(StagedDrain.class);

    private final ExecutorService thread;
    private final Draining draining;
    private final String consequence;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Takes all that waits to where it belongs. */
    @FunctionalInterface
    public interface Draining {

        /**
         * Returns once nothing waits any more.
         *
         * @throws IOException if that cannot be had
         */
        void drain() throws IOException, InterruptedException;
    }

    /**
     * A drain.
     *
     * @param thread that drains, and nothing else does
     * @param consequence what a failure means, for the log
     */
    public StagedDrain(ExecutorService thread, Draining draining, String consequence) {
        this.thread = thread;
        this.draining = draining;
        this.consequence = consequence;
    }

    /** Drains on the caller's thread, unless it failed before. */
    public void run() {
        if (failure.get() != null) {
            return;
        }
        try {
            draining.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            if (thread.isShutdown()) {
                LOG.debug("A load ended with its task", e);
                return;
            }
            LOG.error("{}; the next commit fails the job", consequence, e);
            failure.set(e);
        }
    }

    /** Drains on the thread as soon as that is free, and returns once it has. */
    public void await() throws IOException, InterruptedException {
        try {
            thread.submit(this::run).get();
        } catch (ExecutionException e) {
            throw new IOException("The loading thread failed", e.getCause());
        }
        throwFailure();
    }

    /** Keeps what something else on the thread failed with. */
    public void fail(Throwable error) {
        failure.set(error);
    }

    /** Whether there is something that the task is to fail with. */
    public boolean hasFailed() {
        return failure.get() != null;
    }

    /** Fails the task with what the thread failed with. */
    public void throwFailure() throws IOException {
        Throwable failed = failure.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
    }
}
