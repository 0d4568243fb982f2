package io.hydrant.iceberg.sink;

import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/** Wires writers, the one that makes commits of what they wrote, and the committer. */
class IcebergSink
        implements Sink<TableRow>,
                SupportsCommitter<TableCommit>,
                SupportsPreCommitTopology<WrittenFiles, TableCommit> {

    private static final long serialVersionUID = 1L;

    private final IcebergConfig config;
    private final String deliveryStream;
    private final CatalogLoader catalogs;
    private final CommitLedger ledger;

    /**
     * A sink.
     *
     * @param ledger null where none is kept
     */
    IcebergSink(
            IcebergConfig config,
            String deliveryStream,
            CatalogLoader catalogs,
            CommitLedger ledger) {
        this.config = config;
        this.deliveryStream = deliveryStream;
        this.catalogs = catalogs;
        this.ledger = ledger;
    }

    @Override
    public SinkWriter<TableRow> createWriter(WriterInitContext context) {
        return new IcebergWriter(
                catalogs.loadCatalog(),
                config,
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getAttemptNumber(),
                metrics(context.metricGroup()).counter("DeliveryToIceberg.WrittenRowCount"));
    }

    @Override
    public DataStream<CommittableMessage<TableCommit>> addPreCommitTopology(
            DataStream<CommittableMessage<WrittenFiles>> written) {
        return written.global()
                .transform(
                        "iceberg-commits",
                        CommittableMessageTypeInfo.of(TableCommitSerializer::new),
                        new CommitAggregator(catalogs, ledger))
                .uid("iceberg-commits")
                .setParallelism(1)
                .setMaxParallelism(1)
                // All to the first committer, so that commits keep their order.
                .global();
    }

    @Override
    public Committer<TableCommit> createCommitter(CommitterInitContext context) {
        Catalog catalog = catalogs.loadCatalog();
        MetricGroup metrics = metrics(context.metricGroup());
        return new IcebergCommitter(
                catalog,
                new TableCommits(
                        catalog,
                        config.commitId(),
                        config.forkAction(),
                        config.commitRetryTimeout(),
                        RetryClock.SYSTEM),
                ledger == null ? null : ledger.stores().open(),
                metrics.counter("DeliveryToIceberg.SuccessfulRowCount"),
                metrics.counter("DeliveryToIceberg.Commits"));
    }

    @Override
    public SimpleVersionedSerializer<TableCommit> getCommittableSerializer() {
        return new TableCommitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
        return new WrittenFilesSerializer();
    }

    final IcebergConfig config() {
        return config;
    }

    final String deliveryStream() {
        return deliveryStream;
    }

    final CatalogLoader catalogs() {
        return catalogs;
    }

    private MetricGroup metrics(MetricGroup operator) {
        return DeliveryStreamMetrics.in(operator, deliveryStream);
    }
}
