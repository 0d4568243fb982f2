package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.IcebergOptions;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.iceberg.upkeep.UpkeepThread;
import io.hydrant.s3.sink.S3Sink;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.sink.S3WriterState;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedCommittableSerializer;
import io.hydrant.s3.stage.StagingWriter;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;

/**
 * Puts records into tables of Iceberg by way of S3: objects first, when the buffer hints say so,
 * then rows of them.
 *
 * <pre>
 *   records ──> S3 writer ──> TableCommitter ──> objects that wait, and a note of each      (S3)
 *                                 │                               │
 *                       completed checkpoint            LoadThread ┴─> decision, commit, ledger
 * </pre>
 *
 * <p>Exactly once because an object keeps its identity over restarts, savepoints and jobs, and
 * because what comes of it is decided by one small object that S3 creates once; a table knows its
 * commit again, see {@code RedrivenRows}. Neither checkpoint nor record waits for catalog or
 * warehouse. Assumes checkpoints in mode EXACTLY_ONCE and what the S3 sink assumes. Breaks as the
 * S3 sink does if two jobs go on from one savepoint.
 *
 * <p>Rows by key are in a table what the last record of their key says, because one task does all
 * of this: records of one shard come to it in their order and are in its objects in that order,
 * checkpoints end objects and commit them in the order in which they ended, notes are numbered as
 * they are committed, and an object is begun once the one before it is in its tables. What an
 * object deletes is therefore in commits of a smaller sequence number, to which deletions by key
 * apply, or before it in the same object, where they go by position. An attempt that was thought
 * dead changes nothing about that: it takes the same steps in the same order, of which each is
 * taken once. Assumes that records of one key come in one shard, as they must for any destination.
 *
 * <p>Tables are kept in shape by a thread of that one task, so that none is compacted twice at a
 * time; what is committed meanwhile is put behind, see {@code UpkeepThread}. Where rows are only
 * added, and others keep the tables in shape, every task puts in what it staged, in no order.
 */
public final class StagedTablesSink
        implements Sink<DeliveryRecord>,
                SupportsWriterState<DeliveryRecord, S3WriterState>,
                SupportsCommitter<StagedCommittable> {

    private static final long serialVersionUID = 1L;

    private final IcebergConfig tables;
    private final S3SinkConfig objects;
    private final AwsClientConfig aws;
    private final ObjectStoreFactory stores;
    private final S3Sink staging;

    /**
     * A sink.
     *
     * @param tables the tables
     * @param objects how and where objects wait, and those with records that fit no row lie
     * @param stores opens the store on a task
     */
    public StagedTablesSink(
            IcebergConfig tables,
            S3SinkConfig objects,
            AwsClientConfig aws,
            ObjectStoreFactory stores) {
        this.tables = Objects.requireNonNull(tables, "tables");
        this.objects = Objects.requireNonNull(objects, "objects");
        this.aws = Objects.requireNonNull(aws, "aws");
        this.stores = Objects.requireNonNull(stores, "stores");
        this.staging = new S3Sink(objects, aws, stores);
    }

    @Override
    public SinkWriter<DeliveryRecord> createWriter(WriterInitContext context) throws IOException {
        return new StagingWriter(staging.createWriter(context), Waiting::of);
    }

    @Override
    public StatefulSinkWriter<DeliveryRecord, S3WriterState> restoreWriter(
            WriterInitContext context, Collection<S3WriterState> states) throws IOException {
        return new StagingWriter(staging.restoreWriter(context, states), Waiting::of);
    }

    @Override
    public Committer<StagedCommittable> createCommitter(CommitterInitContext context) {
        String deliveryStream = objects.naming().streamName();
        S3Calls calls = new S3Calls(objects.retryTimeout(), RetryClock.SYSTEM);
        int task = context.getTaskInfo().getIndexOfThisSubtask();
        int tasks = context.getTaskInfo().getNumberOfParallelSubtasks();
        if (tasks > 1 && tables.isLoadedByOneTask()) {
            throw new IllegalStateException(
                    IcebergOptions.STAGED.key()
                            + " was started in "
                            + tasks
                            + " tasks, and rows by key or tables that are kept in shape need one; take a scheduler that leaves an operator its parallelism, which reactive mode does not");
        }
        MetricGroup group = DeliveryStreamMetrics.in(context.metricGroup(), deliveryStream);
        StagedTablesMetrics metrics = new StagedTablesMetrics(group);
        ObjectStore notes = stores.open(aws, objects.store().forLedger());
        ObjectStore loading = stores.open(aws, objects.store().forLedger());
        LoadThread thread =
                new LoadThread(
                        new TableLoader(
                                waiting(loading, calls, task, tasks),
                                new TableRounds(
                                        tables,
                                        objects,
                                        () -> stores.open(aws, objects.store()),
                                        upkeep(group)),
                                metrics,
                                tables.commitRetryTimeout(),
                                RetryClock.SYSTEM),
                        loading);
        thread.wake();
        return new TableCommitter(
                staging.createCommitter(context),
                waiting(notes, calls, task, tasks),
                thread,
                notes);
    }

    private UpkeepThread upkeep(MetricGroup metrics) {
        return tables.upkeep().isWanted() ? TableRedrive.keepUp(tables, metrics) : null;
    }

    private WaitingObjects waiting(ObjectStore store, S3Calls calls, int task, int tasks) {
        if (tables.isLoadedByOneTask()) {
            return WaitingObjects.inOrder(
                    store,
                    calls,
                    objects.ledger(),
                    objects.naming().streamName(),
                    System::currentTimeMillis);
        }
        return new WaitingObjects(
                store, calls, objects.ledger(), objects.naming().streamName(), task, tasks);
    }

    @Override
    public SimpleVersionedSerializer<StagedCommittable> getCommittableSerializer() {
        return new StagedCommittableSerializer(staging.getCommittableSerializer());
    }

    @Override
    public SimpleVersionedSerializer<S3WriterState> getWriterStateSerializer() {
        return staging.getWriterStateSerializer();
    }
}
