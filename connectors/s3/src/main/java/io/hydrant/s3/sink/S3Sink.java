package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.TableColumnsSource;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;
import io.hydrant.s3.store.StorageTier;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.FlinkRuntimeException;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Delivers records to S3 as Firehose does: under its names, when its buffer hints say so, whole
 * objects only.
 *
 * <pre>
 *                 ┌────────────── one subtask ──────────────┐
 *   records ─────> S3Writer ── prepareCommit ──> S3Committer ──> objects, then ledger lines
 *                  │    │                             ▲
 *      state <─────┘    └─ parts (invisible) ─> S3 ───┘ completed checkpoint
 * </pre>
 *
 * <p>Exactly once because an object becomes visible only when a checkpoint that also holds the
 * source's position behind its records has completed, and because making it visible may be repeated
 * without effect. Assumes checkpoints in mode EXACTLY_ONCE and a store with S3's consistency.
 * Breaks if multipart uploads are removed that a checkpoint still counts on (the job then fails and
 * says so), or if two jobs go on from the same savepoint.
 *
 * <p>Source: Firehose developer guide, "Configure buffering hints", "Amazon S3 object names",
 * "Custom prefixes for Amazon S3 objects".
 */
public final class S3Sink
        implements Sink<DeliveryRecord>,
                SupportsWriterState<DeliveryRecord, S3WriterState>,
                SupportsCommitter<S3Committable> {

    private static final long serialVersionUID = 1L;

    private final S3SinkConfig config;
    private final AwsClientConfig aws;
    private final ObjectStoreFactory stores;
    private final TableColumnsSource table;

    /** A sink that delivers to S3, or to what stands behind {@code aws.endpoint}. */
    public S3Sink(S3SinkConfig config, AwsClientConfig aws) {
        this(config, aws, S3ObjectStore::connect);
    }

    /** A sink over another store; tests inject faults here. */
    public S3Sink(S3SinkConfig config, AwsClientConfig aws, ObjectStoreFactory stores) {
        this(config, aws, stores, null);
    }

    private S3Sink(
            S3SinkConfig config,
            AwsClientConfig aws,
            ObjectStoreFactory stores,
            TableColumnsSource table) {
        this.config = config;
        this.aws = aws;
        this.stores = stores;
        this.table = table;
    }

    /**
     * The same, whose tasks look for other columns of the table that records are converted for, as
     * often as {@link ConversionConfig#pollInterval} says.
     *
     * @param columns asked when a task starts, which fails if it does, and from then on
     */
    public S3Sink following(TableColumnsSource columns) {
        Objects.requireNonNull(config.conversion(), "conversion");
        return new S3Sink(config, aws, stores, columns);
    }

    @Override
    public S3Writer createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public S3Writer restoreWriter(WriterInitContext context, Collection<S3WriterState> states)
            throws IOException {
        ObjectStore store = stores.open(aws, config.store());
        // Flink closes a writer only once it has it, and a restarting job would pile these up.
        Runnable closing = store::close;
        try {
            S3Calls calls = calls(context.metricGroup());
            checkBuckets(store, calls);
            S3Writer writer = writer(configNow(), store, calls, context);
            closing = writer::close;
            writer.restore(states);
            if (table != null) {
                writer.follow(
                        new TableWatch(
                                table,
                                config.conversion().pollInterval(),
                                context.getMailboxExecutor()));
            }
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            closing.run();
            throw e;
        }
    }

    /** With the columns of now: those of the job's start may be older than what is restored. */
    private S3SinkConfig configNow() throws IOException {
        return table == null ? config : config.with(config.conversion().with(table.columns()));
    }

    private S3Writer writer(
            S3SinkConfig now, ObjectStore store, S3Calls calls, WriterInitContext context) {
        MemoryBudget budget = new MemoryBudget(config.buffer().memoryBudget());
        PartUploader uploader =
                new PartUploader(
                        store, calls, context.getMailboxExecutor(), budget, config.uploadThreads());
        S3WriterMetrics metrics =
                new S3WriterMetrics(metrics(context.metricGroup()), config.role());
        return new S3Writer(
                now,
                S3WriterParts.of(now, store, uploader, budget, metrics, bundlesSmallObjects()),
                context.getProcessingTimeService(),
                metrics);
    }

    /** A class for what is seldom read charges for weeks of what is removed within a minute. */
    private boolean bundlesSmallObjects() {
        StorageTier tier = config.store().attributes().storageTier();
        return tier == null
                || tier == StorageTier.STANDARD
                || tier == StorageTier.INTELLIGENT_TIERING;
    }

    /** At the start, so that a wrong name or a missing permission shows at once. */
    private void checkBuckets(ObjectStore store, S3Calls calls) throws IOException {
        try {
            checkBucket(config.bucket(), store, calls);
            if (config.ledger().enabled() && !config.ledger().bucket().equals(config.bucket())) {
                checkBucket(config.ledger().bucket(), store, calls);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Cancelled while it looked for its bucket", e);
        }
    }

    private static void checkBucket(String bucket, ObjectStore store, S3Calls calls)
            throws IOException, InterruptedException {
        calls.run(S3Action.CHECK_BUCKET, bucket, null, () -> store.checkBucket(bucket));
    }

    @Override
    public Committer<S3Committable> createCommitter(CommitterInitContext context) {
        ObjectStore store = stores.open(aws, config.store());
        S3Calls calls = calls(context.metricGroup());
        return new S3Committer(
                store,
                new ObjectCommit(store, calls),
                config.ledger().enabled() ? ledger(calls) : null,
                new S3CommitterMetrics(metrics(context.metricGroup()), config.role()),
                config.uploadThreads());
    }

    /** Through a store of its own: the ledger is small, read often, and not the user's to class. */
    private LedgerWriter ledger(S3Calls calls) {
        return new LedgerWriter(
                stores.open(aws, config.store().forLedger()),
                calls,
                config.ledger().bucket(),
                new LedgerKeys(config.ledger().prefix(), config.naming().streamName()),
                Clock.systemUTC());
    }

    private S3Calls calls(MetricGroup operator) {
        return new S3Calls(
                config.retryTimeout(), RetryClock.SYSTEM, new KmsMetrics(metrics(operator)));
    }

    private MetricGroup metrics(MetricGroup operator) {
        return DeliveryStreamMetrics.in(operator, config.naming().streamName());
    }

    @Override
    public SimpleVersionedSerializer<S3Committable> getCommittableSerializer() {
        return new S3CommittableSerializer();
    }

    @Override
    public SimpleVersionedSerializer<S3WriterState> getWriterStateSerializer() {
        return new S3WriterStateSerializer();
    }
}
