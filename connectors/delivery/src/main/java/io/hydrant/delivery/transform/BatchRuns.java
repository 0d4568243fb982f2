package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.TransformResult;

import org.apache.flink.util.concurrent.ExecutorThreadFactory;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Runs batches on threads of their own, as many as may be under way. */
final class BatchRuns implements AutoCloseable {

    /** What came of a batch. */
    @FunctionalInterface
    interface Result {

        /**
         * The results.
         *
         * @throws IOException where the batch failed and so has the job
         */
        List<TransformResult> get() throws IOException;
    }

    private final BatchTransform transform;
    private final ExecutorService threads;

    BatchRuns(BatchTransform transform, int maxInFlight) {
        this.transform = transform;
        this.threads =
                Executors.newFixedThreadPool(
                        maxInFlight, new ExecutorThreadFactory("hydrant-transform"));
    }

    /**
     * Transforms a batch.
     *
     * @param whenDone told what came of it, on the batch's thread; not where the task ended before
     */
    void run(List<Envelope> batch, Consumer<Result> whenDone) {
        threads.execute(
                () -> {
                    Result result;
                    try {
                        List<TransformResult> results = transform.transform(batch);
                        result = () -> results;
                    } catch (InterruptedException e) {
                        return;
                    } catch (Exception | StackOverflowError e) {
                        result =
                                () -> {
                                    throw new IOException(e.getMessage(), e);
                                };
                    }
                    try {
                        whenDone.accept(result);
                    } catch (RejectedExecutionException e) {
                        // The task ended meanwhile and has no use for it.
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        transform.close();
    }
}
