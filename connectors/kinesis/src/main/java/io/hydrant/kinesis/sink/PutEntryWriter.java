package io.hydrant.kinesis.sink;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches records and puts them in the background. Failed ones go back to the head of the buffer
 * after a pause, during which their batch counts as being put, so that a checkpoint waits for it
 * and has them in its state.
 */
final class PutEntryWriter extends AsyncSinkWriter<PutEntry, PutEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(PutEntryWriter.class);

    private final KinesisSinkConfig config;
    private final BatchSender sender;
    private final InFlightLimit limit;
    private final MailboxExecutor mailbox;
    private final Counter sendErrors;
    private final ExecutorService calls;
    private final ScheduledExecutorService pauses;
    private final AtomicInteger failuresInARow = new AtomicInteger();

    PutEntryWriter(
            WriterInitContext context,
            KinesisSinkConfig config,
            BatchSender sender,
            InFlightLimit limit,
            Collection<BufferedRequestState<PutEntry>> restored) {
        super(
                (entry, writeContext) -> entry,
                context,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(config.batchRecords())
                        .setMaxBatchSizeInBytes(config.batchBytes())
                        .setMaxInFlightRequests(config.maxInFlight())
                        .setMaxBufferedRequests(config.bufferedRecords())
                        .setMaxTimeInBufferMS(config.flushTimeout().toMillis())
                        .setMaxRecordSizeInBytes(config.batchBytes())
                        .setRateLimitingStrategy(limit)
                        .build(),
                restored,
                new SimpleBatchCreator<>(config.batchBytes()),
                new BoundedRequestBuffer(
                        config.bufferedRecords(), config.bufferedBytes(), limit::bytes));
        this.config = config;
        this.sender = sender;
        this.limit = limit;
        this.mailbox = context.getMailboxExecutor();
        this.sendErrors = context.metricGroup().getNumRecordsSendErrorsCounter();
        this.calls =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        daemons("kinesis-sink-put"));
        this.pauses = new ScheduledThreadPoolExecutor(1, daemons("kinesis-sink-pause"));
    }

    @Override
    protected void submitRequestEntries(List<PutEntry> batch, ResultHandler<PutEntry> result) {
        long bytes = 0;
        for (PutEntry entry : batch) {
            bytes += entry.sizeBytes();
        }
        limit.startBytes(bytes);
        long started = bytes;
        // The limit lets no more batches go than there may be calls, so the pool stays that small.
        calls.execute(() -> put(batch, started, result));
    }

    @Override
    protected long getSizeInBytes(PutEntry entry) {
        return entry.sizeBytes();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        pauses.shutdownNow();
    }

    private void put(List<PutEntry> batch, long bytes, ResultHandler<PutEntry> result) {
        try {
            PutRound round = sender.put(batch);
            if (round.fatal() != null) {
                end(bytes, () -> result.completeExceptionally(round.fatal()));
            } else if (round.isComplete()) {
                failuresInARow.set(0);
                end(bytes, result::complete);
            } else if (config.failOnError()) {
                end(bytes, () -> result.completeExceptionally(failed(round)));
            } else {
                List<PutEntry> again = round.again(batch);
                Duration pause =
                        config.backoff()
                                .delay(
                                        failuresInARow.incrementAndGet(),
                                        ThreadLocalRandom.current());
                LOG.debug("Put {} records again in {}: {}", again.size(), pause, round.reason());
                mailbox.execute(() -> sendErrors.inc(again.size()), "Count failed records");
                // What it ends in, the result has; the future says nothing more.
                Future<?> unused =
                        pauses.schedule(
                                () -> end(bytes, () -> result.retryForEntries(again)),
                                pause.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The task ended while records were being put", e);
        } catch (RuntimeException e) {
            end(bytes, () -> result.completeExceptionally(e));
        } catch (Error e) {
            // Left to this thread alone, the batch would never end, and every checkpoint wait.
            end(
                    bytes,
                    () ->
                            result.completeExceptionally(
                                    new IllegalStateException("Putting ended with an error", e)));
        }
    }

    private void end(long bytes, Runnable result) {
        limit.endBytes(bytes);
        try {
            result.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("The task ended while records were being put", e);
        }
    }

    private static IllegalStateException failed(PutRound round) {
        return new IllegalStateException(
                round.again().cardinality()
                        + " records would have to be put again ("
                        + round.reason()
                        + "), and "
                        + KinesisSinkOptions.FAIL_ON_ERROR.key()
                        + " is true; set it to false to let the sink put them again");
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
