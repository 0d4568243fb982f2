package io.hydrant.iceberg.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.LedgerStoreFactory;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.iceberg.flink.CatalogLoader;

import java.util.Objects;

/**
 * Delivers records to tables of Iceberg, as a part of a Flink job.
 *
 * <pre>
 *   records ─> iceberg-rows ──(by key)──> iceberg: writer ─> iceberg-commits ─> committer ─> tables
 *                   │                               └─ data files       (one)   after the checkpoint
 *                   └──> judged: every record as it was judged, dead letters with their reason
 *
 *   committer ─> iceberg-committed ──(by table)──> iceberg-upkeep     where tables are kept in shape
 * </pre>
 *
 * <p>Exactly once because files become part of a table only behind a completed checkpoint that also
 * holds the source's position behind their records, in one transaction with a mark by which the
 * table knows the commit again, whatever job repeats it. Assumes checkpoints in mode EXACTLY_ONCE,
 * a source that goes back to its position, and a catalog whose commits are atomic. Where a job is
 * begun anew or from a checkpoint that another run went on from, the table shows it and the job
 * fails ({@code iceberg.commit.on-fork}). Breaks if files are removed that a checkpoint counts on:
 * orphan files may be removed only when they are older than savepoints are kept.
 *
 * <p>Source: Iceberg's specification; Firehose developer guide, "Deliver data to Apache Iceberg
 * Tables". The committer is Hydrant's own, on Iceberg's public interfaces: that of Iceberg's Flink
 * sinks knows a commit by Flink's job id and finds it in snapshots alone, which expire.
 */
public final class IcebergDelivery {

    /** Name and uid of the step that makes rows. */
    public static final String ROWS = "iceberg-rows";

    /** Name and uid of the sink. */
    public static final String SINK = "iceberg";

    private final IcebergConfig config;
    private final String deliveryStream;
    private final CatalogLoader catalogs;
    private final CommitLedger ledger;

    private IcebergDelivery(
            IcebergConfig config,
            String deliveryStream,
            CatalogLoader catalogs,
            CommitLedger ledger) {
        this.config = config;
        this.catalogs = catalogs;
        this.ledger = ledger;
        this.deliveryStream = deliveryStream;
    }

    /**
     * A delivery.
     *
     * @param deliveryStream name of the delivery stream, which metrics carry
     */
    public static IcebergDelivery of(IcebergConfig config, String deliveryStream) {
        return new IcebergDelivery(
                Objects.requireNonNull(config, "config"),
                Objects.requireNonNull(deliveryStream, "deliveryStream"),
                new CatalogConnection(config.catalog()),
                null);
    }

    /** The same with other catalogs; tests inject faults here. */
    IcebergDelivery withCatalogs(CatalogLoader others) {
        return new IcebergDelivery(config, deliveryStream, others, ledger);
    }

    /**
     * The same, which puts every commit down in a ledger.
     *
     * @param stores opens the ledger on the task that commits
     * @param configVersion version of the delivery stream's configuration
     */
    public IcebergDelivery withLedger(LedgerStoreFactory stores, String configVersion) {
        return new IcebergDelivery(
                config,
                deliveryStream,
                catalogs,
                new CommitLedger(stores, deliveryStream, configVersion));
    }

    /**
     * Adds the steps behind a stream of records.
     *
     * @return every record as it was judged: those that became rows as they were, those that could
     *     not as dead letters, all others as they came
     */
    public DataStream<DeliveryRecord> addTo(DataStream<DeliveryRecord> records) {
        SingleOutputStreamOperator<TableRow> rows =
                records.process(
                                new RowStep(config, deliveryStream, catalogs),
                                TableRowType.INSTANCE)
                        .name(ROWS)
                        .uid(ROWS);
        DataStream<TableRow> distributed =
                config.hasOperations()
                        ? rows.partitionCustom(
                                (hash, tasks) -> Math.floorMod(hash, tasks), TableRow::distribution)
                        : rows;
        distributed
                .sinkTo(
                        config.upkeep().isWanted()
                                ? new KeptUpIcebergSink(config, deliveryStream, catalogs, ledger)
                                : new IcebergSink(config, deliveryStream, catalogs, ledger))
                .name(SINK)
                .uid(SINK);
        return rows.getSideOutput(RowStep.JUDGED);
    }
}
