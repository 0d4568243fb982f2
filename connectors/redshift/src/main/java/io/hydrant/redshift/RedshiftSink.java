package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.s3.sink.S3Sink;
import io.hydrant.s3.sink.S3WriterState;
import io.hydrant.s3.stage.StagedCommittable;
import io.hydrant.s3.stage.StagedCommittableSerializer;
import io.hydrant.s3.stage.StagingWriter;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Loads records into a table of Redshift as Firehose does: staged in S3 when the buffer hints say
 * so, then by COPY.
 *
 * <pre>
 *   records ──> S3 writer ──> LoadCommitter ──> staged objects, then the queue of loads   (S3)
 *                                 │                                │
 *                       completed checkpoint          LoadWorker ──┴─> LOCK, COPY, ledger, COMMIT
 * </pre>
 *
 * <p>With {@code redshift.tables} a record goes to one of several tables ({@link TableRouter}).
 * Each has objects, a queue, a ledger and a thread that loads of its own, so that a table has one
 * COPY at a time and waits for no other. Which table an object is for its key says, so it stays so
 * over restarts with other tables; and a table's load is one transaction with its own ledger, as if
 * it were the only one.
 *
 * <p>Exactly once because a staged object keeps its identity over restarts, savepoints and jobs,
 * and because its rows and the note that it is loaded are one transaction of the warehouse; see
 * {@code LoadAttempt}. No checkpoint waits for the warehouse: what is staged waits in S3, and
 * whichever job looks there next carries on. Assumes checkpoints in mode EXACTLY_ONCE, what the S3
 * sink assumes, and one ledger table for all who load the table. Rows are loaded once each, in no
 * order. With {@link LoadMode#REPLACE} the input must have an end, and each run a delivery stream
 * of its own. Breaks as the S3 sink does if two jobs go on from one savepoint: what both read
 * behind it is staged twice, under two identities.
 *
 * <p>Source: Firehose developer guide, "Configure destination settings for Amazon Redshift" and
 * "Handle data delivery failures"; Redshift developer guide, "COPY", "LOCK".
 */
public final class RedshiftSink
        implements Sink<DeliveryRecord>,
                SupportsWriterState<DeliveryRecord, S3WriterState>,
                SupportsCommitter<StagedCommittable> {

    private static final long serialVersionUID = 1L;

    private final RedshiftConfig config;
    private final AwsClientConfig aws;
    private final AwsClientConfig services;
    private final ObjectStoreFactory stores;
    private final S3Sink staging;

    /** A sink that stages in S3, or in what stands behind {@code aws.endpoint}. */
    public RedshiftSink(RedshiftConfig config, AwsClientConfig aws) {
        this(config, aws, aws, S3ObjectStore::connect);
    }

    /**
     * A sink that stages in another store, where tests inject faults.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     */
    public RedshiftSink(
            RedshiftConfig config,
            AwsClientConfig aws,
            AwsClientConfig services,
            ObjectStoreFactory stores) {
        this.config = config;
        this.aws = aws;
        this.services = services;
        this.stores = stores;
        this.staging = new S3Sink(config.staging(), aws, stores);
    }

    @Override
    public SinkWriter<DeliveryRecord> createWriter(WriterInitContext context) throws IOException {
        return new StagingWriter(staging.createWriter(context), router()::route);
    }

    @Override
    public StatefulSinkWriter<DeliveryRecord, S3WriterState> restoreWriter(
            WriterInitContext context, Collection<S3WriterState> states) throws IOException {
        return new StagingWriter(staging.restoreWriter(context, states), router()::route);
    }

    private TableRouter router() {
        return new TableRouter(config, Clock.systemUTC());
    }

    @Override
    public Committer<StagedCommittable> createCommitter(CommitterInitContext context) {
        S3Calls calls = new S3Calls(config.staging().retryTimeout(), RetryClock.SYSTEM);
        MetricGroup group =
                DeliveryStreamMetrics.in(context.metricGroup(), config.deliveryStream());
        List<LoadRooms> rooms = new ArrayList<>();
        List<LoadWorker> workers = new ArrayList<>();
        for (RedshiftConfig each : config.ofEachTable()) {
            LoadRooms ofTable =
                    new LoadRooms(
                            each,
                            services,
                            stores.open(aws, config.staging().store().forLedger()),
                            calls,
                            new RedshiftMetrics(
                                    each.equals(config)
                                            ? group
                                            : group.addGroup("table", each.table())),
                            RetryClock.SYSTEM);
            LoadWorker worker = new LoadWorker(ofTable.loader(), ofTable.removal());
            if (context.getTaskInfo().getIndexOfThisSubtask() == 0) {
                worker.poll(config.pollInterval());
            }
            rooms.add(ofTable);
            workers.add(worker);
        }
        return new LoadCommitter(
                staging.createCommitter(context),
                new TableLoads(config),
                rooms,
                workers,
                new InputEnd(
                        rooms.get(0).queue(),
                        config.mode(),
                        context.getJobInfo().getJobId().toHexString(),
                        context.getTaskInfo().getIndexOfThisSubtask(),
                        context.getTaskInfo().getNumberOfParallelSubtasks()));
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
