package io.hydrant.s3.sink;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Does things beside the subtask's thread, a few at a time, and reports each to that thread through
 * its mailbox, so that nothing else is shared. What fails fails the subtask.
 */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final MailboxExecutor mailbox;
    private final ExecutorService threads;
    private int inFlight;

    Background(MailboxExecutor mailbox, int threadCount) {
        this.mailbox = mailbox;
        this.threads =
                Executors.newFixedThreadPool(threadCount, new NamedThreads("hydrant-s3-upload"));
    }

    /** Something to do, on any thread. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Begins something.
     *
     * @param description what it is, for the mailbox
     * @param done gets the outcome, on the subtask's thread
     */
    <T> void run(String description, Work<T> work, Consumer<T> done) {
        inFlight++;
        threads.execute(() -> runAndReport(description, work, done));
    }

    /** What is under way. */
    int inFlight() {
        return inFlight;
    }

    /** Waits, handling the subtask's mail meanwhile, until something is done. */
    void awaitOne() throws InterruptedException {
        int before = inFlight;
        while (inFlight > 0 && inFlight >= before) {
            mailbox.yield();
        }
    }

    /** Waits, handling the subtask's mail meanwhile, until nothing is under way. */
    void awaitAll() throws InterruptedException {
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    private <T> void runAndReport(String description, Work<T> work, Consumer<T> done) {
        try {
            T outcome = work.run();
            report(
                    () -> {
                        inFlight--;
                        done.accept(outcome);
                    },
                    description);
        } catch (InterruptedException e) {
            // Only close() interrupts these threads, and then nobody waits for the outcome.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            // Nobody else sees an Error of this thread, and its work would be under way for ever.
            report(() -> ExceptionUtils.rethrowException(e), description + ": failed");
        }
    }

    private void report(ThrowingRunnable<Exception> mail, String description) {
        try {
            mailbox.execute(mail, description);
        } catch (RejectedExecutionException e) {
            LOG.debug("The task has ended before: {}", description);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
