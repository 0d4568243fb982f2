package io.hydrant.s3.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Delivers records in the calling thread, without Flink and in a time of its own: the writer and
 * the commit of {@link S3Sink}, with a checkpoint whenever enough of that time has passed. Objects
 * are those that a task of the sink would have made of the same records, had they come then.
 *
 * <p>For trying a configuration out; it survives no failure. Not thread-safe.
 */
public final class LocalDelivery implements AutoCloseable {

    private final ObjectStore store;
    private final ObjectCommit objects;
    private final Consumer<LedgerEntry> delivered;
    private final long checkpointMillis;
    private final ManualTime time = new ManualTime(Long.MIN_VALUE);
    private final S3Writer writer;
    private long lastCheckpoint = Long.MIN_VALUE;

    /**
     * A delivery into a store, which it closes.
     *
     * @param checkpointInterval time between checkpoints
     * @param delivered is told of every object, and of dropped records, once they are
     */
    public LocalDelivery(
            S3SinkConfig config,
            ObjectStore store,
            Duration checkpointInterval,
            Consumer<LedgerEntry> delivered) {
        this.store = store;
        this.delivered = delivered;
        this.checkpointMillis = checkpointInterval.toMillis();
        S3Calls calls = new S3Calls(config.retryTimeout(), RetryClock.SYSTEM);
        this.objects = new ObjectCommit(store, calls);
        this.writer = writer(config, store, calls, time);
    }

    /** The sink's writer for the calling thread, in that time. */
    static S3Writer writer(
            S3SinkConfig config, ObjectStore store, S3Calls calls, ProcessingTimeService time) {
        MemoryBudget budget = new MemoryBudget(config.buffer().memoryBudget());
        PartUploader uploader =
                new PartUploader(store, calls, new OwnMailbox(), budget, config.uploadThreads());
        S3WriterMetrics metrics =
                new S3WriterMetrics(new UnregisteredMetricsGroup(), config.role());
        return new S3Writer(
                config,
                S3WriterParts.of(config, store, uploader, budget, metrics, false),
                time,
                metrics);
    }

    /**
     * Delivers a record.
     *
     * @param nowMillis when it comes, milliseconds since the epoch; time never goes back
     * @return what became of it: the record, or one for the dead letter in its place
     */
    public DeliveryRecord deliver(DeliveryRecord record, long nowMillis)
            throws IOException, InterruptedException {
        if (lastCheckpoint == Long.MIN_VALUE) {
            lastCheckpoint = nowMillis;
        }
        time.passUntil(nowMillis);
        if (time.getCurrentProcessingTime() - lastCheckpoint >= checkpointMillis) {
            lastCheckpoint = time.getCurrentProcessingTime();
            checkpoint(false);
        }
        return writer.deliver(record);
    }

    /** Delivers what is left, as a job does at the end of its input. */
    public void finish() throws IOException, InterruptedException {
        checkpoint(true);
    }

    private void checkpoint(boolean isEnd) throws IOException, InterruptedException {
        writer.flush(isEnd);
        writer.awaitFiles();
        for (S3Committable committable : writer.prepareCommit()) {
            if (committable.hasObject()) {
                objects.commit(committable);
            }
            delivered.accept(committable.entry());
        }
    }

    @Override
    public void close() {
        writer.close();
        store.close();
    }
}
