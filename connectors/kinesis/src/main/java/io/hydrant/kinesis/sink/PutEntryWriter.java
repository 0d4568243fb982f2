package io.hydrant.kinesis.sink;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

/**
 * Batches records and puts them in the background. Failed ones go back to the head of the buffer
 * after a pause, during which their batch counts as being put, so that a checkpoint waits for it
 * and has them in its state.
 */
final class PutEntryWriter extends AsyncSinkWriter<PutEntry, PutEntry> {

    private static final Logger LOG = LoggerFactory.getLogger(PutEntryWriter.class);

    private final KinesisSinkConfig config;
    private final BatchSender sender;
    private final PutCounters counters;
    private final InFlightLimit limit;
    private final KeyOrderBuffer order;
    private final Stamps stamps;
    private final MailboxExecutor mailbox;
    private final Counter sendErrors;
    private final ExecutorService calls;
    private final ScheduledExecutorService pauses;

    /**
     * A writer.
     *
     * @param order keeps the order of each key, or null to keep none
     * @param stamps those on their way, or null where records have none
     */
    PutEntryWriter(
            WriterInitContext context,
            KinesisSinkConfig config,
            BatchSender sender,
            PutCounters counters,
            InFlightLimit limit,
            KeyOrderBuffer order,
            Stamps stamps,
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
                        // Put again while the first call may still run, records would be doubled.
                        .setFailOnTimeout(true)
                        .build(),
                restored,
                order == null ? new SimpleBatchCreator<>(config.batchBytes()) : order,
                new BoundedRequestBuffer(
                        order == null ? new DequeRequestBuffer<>() : order,
                        config.bufferedRecords(),
                        config.bufferedBytes(),
                        limit::bytes));
        this.config = config;
        this.sender = sender;
        this.counters = counters;
        this.limit = limit;
        this.order = order;
        this.stamps = stamps;
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
    public void write(PutEntry entry, Context writeContext)
            throws IOException, InterruptedException {
        if (stamps != null) {
            if (!stamps.admits(entry.stamp())) {
                // Rare: one record fails while tens of thousands of others have gone.
                flush(true);
            }
            stamps.taken(entry.stamp());
        }
        super.write(entry, writeContext);
    }

    @Override
    public void flush(boolean all) throws InterruptedException {
        super.flush(all || (stamps != null && !stamps.mayWaitInState()));
    }

    @Override
    protected void submitRequestEntries(List<PutEntry> batch, ResultHandler<PutEntry> result) {
        counters.waited((System.nanoTime() - batch.get(0).givenAt()) / 1_000_000);
        limit.startBytes(bytesOf(batch));
        // The limit lets no more batches go than there may be calls, so the pool stays that small.
        calls.execute(() -> put(batch, result));
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

    private void put(List<PutEntry> batch, ResultHandler<PutEntry> result) {
        long bytes = bytesOf(batch);
        try {
            PutRound round = sender.put(batch);
            if (round.fatal() != null) {
                end(bytes, () -> result.completeExceptionally(round.fatal()));
            } else if (round.isComplete()) {
                delivered(batch, round.again());
                end(bytes, result::complete);
            } else if (config.failOnError()) {
                end(bytes, () -> result.completeExceptionally(failed(round)));
            } else {
                pause(batch, bytes, round, result);
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

    private void pause(
            List<PutEntry> batch, long bytes, PutRound round, ResultHandler<PutEntry> result) {
        List<PutEntry> again = round.again(batch);
        int failures = 1;
        for (PutEntry entry : again) {
            failures = Math.max(failures, entry.failedAgain());
        }
        Duration pause = config.backoff().delay(failures, ThreadLocalRandom.current());
        LOG.debug("Put {} records again in {}: {}", again.size(), pause, round.reason());
        long stays = bytesOf(again);
        limit.endBytes(bytes - stays);
        // Before the result, whose mail comes later and finds the batch in its pause.
        mailbox.execute(
                () -> {
                    sendErrors.inc(again.size());
                    limit.startPause(again.size());
                },
                "Let failed records pause");
        delivered(batch, round.again());
        // What it ends in, the result has; the future says nothing more.
        Future<?> unused =
                pauses.schedule(
                        () -> end(stays, () -> result.retryForEntries(again)),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Takes note of what was delivered: all of the batch but what has to be put again. */
    private void delivered(List<PutEntry> batch, BitSet again) {
        if (order == null && stamps == null) {
            return;
        }
        List<PutEntry> delivered = new ArrayList<>(batch.size());
        for (int i = again.nextClearBit(0); i < batch.size(); i = again.nextClearBit(i + 1)) {
            delivered.add(batch.get(i));
        }
        Set<String> keys = order == null ? Set.of() : deliveredKeys(batch, again);
        mailbox.execute(
                () -> {
                    if (order != null) {
                        order.release(keys);
                    }
                    if (stamps != null) {
                        stamps.delivered(delivered);
                    }
                },
                "Take note of delivered records");
    }

    /** Keys of which no record has to be put again. */
    private static Set<String> deliveredKeys(List<PutEntry> batch, BitSet again) {
        Set<String> keys = new HashSet<>();
        for (PutEntry entry : batch) {
            keys.add(entry.partitionKey());
        }
        for (int i = again.nextSetBit(0); i >= 0; i = again.nextSetBit(i + 1)) {
            keys.remove(batch.get(i).partitionKey());
        }
        return keys;
    }

    private static long bytesOf(List<PutEntry> entries) {
        long bytes = 0;
        for (PutEntry entry : entries) {
            bytes += entry.sizeBytes();
        }
        return bytes;
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
