package io.hydrant.launcher.verify;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.iceberg.audit.TableAudit;
import io.hydrant.iceberg.audit.TableReads;
import io.hydrant.iceberg.audit.TablesReport;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.redshift.LoadAudits;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.LedgerReader.EntryConsumer;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.S3ObjectStore;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares what a delivery says it delivered (its ledger) with what the stream holds and with what
 * lies in the bucket.
 *
 * <p>Stretches that the ledger says were lost by retention are reported as that; one that ended at
 * or before {@code since} is left out, so that a loss that is known does not hide another.
 *
 * <p>A backup is judged by itself: every record has to be in it once, too, or accounted for as one
 * that did not fail where it is of failed records.
 *
 * <p>Where the objects are for a warehouse, queue and warehouse are read behind all of that, and
 * every object has to be loaded once, too.
 *
 * <p>Where it goes to tables of Iceberg, they are read behind the ledger, and a commit that is not
 * in its table any more delivered nothing.
 *
 * <p>The ledger is read first and the stream after it, so a delivery that goes on meanwhile can
 * make records look pending or missing, never doubled. Memory grows with the objects of the
 * delivery, not with the records.
 */
public final class Verification {

    private final DeliveryPlan plan;
    private final Instant since;
    private final boolean readBack;
    private final boolean countRows;
    private final ScanReporter reporter;

    /**
     * A verification of a delivery.
     *
     * @param plan the delivery
     * @param since records of a shard before the first that arrived then are not expected to have
     *     been delivered; null to take that from the start position of the plan
     * @param readBack whether every object is read and decompressed, too
     * @param reporter is told how far it has come
     */
    public Verification(DeliveryPlan plan, Instant since, boolean readBack, ScanReporter reporter) {
        this(plan, since, readBack, true, reporter);
    }

    /**
     * A verification of a delivery to a table that others may change, too.
     *
     * @param countRows whether the table must have the rows that its ledger says, and no others
     */
    Verification(
            DeliveryPlan plan,
            Instant since,
            boolean readBack,
            boolean countRows,
            ScanReporter reporter) {
        this.countRows = countRows;
        this.plan = plan;
        this.since = since;
        this.readBack = readBack;
        this.reporter = reporter;
    }

    /**
     * Verifies once.
     *
     * @throws IOException if ledger, stream or bucket cannot be read; the message says what to mend
     */
    public VerificationResult run() throws IOException, InterruptedException {
        if (!plan.sink().ledger().enabled()) {
            throw new IOException(
                    "ledger.enabled is false in this configuration, so there is nothing to verify by");
        }
        try (DeliveryReads reads = new DeliveryReads(plan);
                StreamApi api = SdkStreamApi.factory(plan.sourceAws(), plan.stream()).open()) {
            Side delivery = new Side(new LedgerAudit(), plan.sink(), reads.objects());
            Side backup =
                    plan.backup() == null
                            ? null
                            : new Side(LedgerAudit.ofBackup(), plan.backup(), reads.backup());
            LoadAudits loads = plan.redshift() == null ? null : new LoadAudits(plan.redshift());
            TableAudit tables = plan.iceberg() == null ? null : new TableAudit();
            Instant[] oldest = {null};
            EntryConsumer take =
                    entry -> {
                        if (entry.kind() == EntryKind.LOST && isBeforeStart(entry)) {
                            return;
                        }
                        if (tables != null && TableAudit.isCommit(entry)) {
                            tables.committed(entry);
                        } else {
                            delivery.take(entry);
                        }
                        if (loads != null && entry.kind() == EntryKind.DATA) {
                            loads.staged(entry.id().toString(), entry.object(), entry.lines());
                        }
                        if (backup != null) {
                            backup.take(entry);
                        }
                        if (entry.kind() == EntryKind.LOST) {
                            return;
                        }
                        Instant arrival = Instant.ofEpochMilli(entry.oldestArrivalMillis());
                        if (oldest[0] == null || arrival.isBefore(oldest[0])) {
                            oldest[0] = arrival;
                        }
                    };
            long ledgers = reads.ledger().forEach(take);
            reporter.ledgerRead(
                    ledgers,
                    delivery.objects.expected() + (backup == null ? 0 : backup.objects.expected()));
            TablesReport tablesReport = tables == null ? null : judge(tables, delivery.audit);
            List<LedgerAudit> audits =
                    backup == null
                            ? List.of(delivery.audit)
                            : List.of(delivery.audit, backup.audit);
            if (plan.archive() == null) {
                scan(api, audits, start(oldest[0]));
            } else {
                reads.scanArchive(delivery.audit);
            }
            return new VerificationResult(
                    delivery.audit.report(),
                    delivery.compareObjects(),
                    loads == null
                            ? List.of()
                            : loads.judge(
                                    plan.sinkAws(),
                                    plan.warehouseAws(),
                                    S3ObjectStore::connect,
                                    countRows),
                    tablesReport,
                    backup == null
                            ? null
                            : new VerificationResult(
                                    backup.audit.report(), backup.compareObjects()));
        }
    }

    private TablesReport judge(TableAudit tables, LedgerAudit delivery)
            throws IOException, InterruptedException {
        try (TableReads reads = new TableReads(plan.iceberg())) {
            return reads.judge(tables, countRows, readBack, delivery::add);
        }
    }

    /** One of the two that share a ledger: the delivery, or its backup. */
    private final class Side {

        final LedgerAudit audit;
        final ObjectCheck objects;
        private final S3SinkConfig config;
        private final DeliveredObjects delivered;

        Side(LedgerAudit audit, S3SinkConfig config, DeliveredObjects delivered) {
            this.audit = audit;
            this.objects = new ObjectCheck(config.bucket(), plan.iceberg() != null);
            this.config = config;
            this.delivered = delivered;
        }

        void take(LedgerEntry entry) {
            audit.add(entry);
            if (entry.kind().isOfBackup() == config.role().isBackup()) {
                if (mayBeRemoved(entry)) {
                    objects.expectUnlessRemoved(entry);
                } else {
                    objects.expect(entry);
                }
            } else {
                objects.passOver(entry);
            }
        }

        /**
         * Staged objects are, some time after their load; whether they are loaded is asked later.
         * What waited for a table may be removed by a rule of the bucket; one that waits still is
         * never delivered then, and shows so.
         */
        private boolean mayBeRemoved(LedgerEntry entry) {
            if (entry.kind() == EntryKind.WAITING) {
                return true;
            }
            return plan.redshift() != null
                    && plan.redshift().stagedRetention() != null
                    && entry.kind() == EntryKind.DATA
                    && Instant.ofEpochMilli(entry.newestArrivalMillis())
                            .isBefore(Instant.now().minus(plan.redshift().stagedRetention()));
        }

        ObjectCheck.Result compareObjects() throws IOException, InterruptedException {
            objects.compare(
                    delivered,
                    LiteralPrefixes.of(config.naming(), DeliveryReads.errorPrefixes(plan)),
                    DeliveryReads.ownPrefixes(plan),
                    readBack,
                    reporter);
            return objects.result();
        }
    }

    /**
     * Before what time nothing was promised. The ledger says when a delivery from LATEST began;
     * where it does not, as that of an older release, it began with its first record. While it has
     * none, whatever the stream holds may have been meant.
     *
     * @param oldest that the ledger says, a begin or an arrival; null where it is empty
     */
    private Instant start(Instant oldest) {
        if (since != null) {
            return since;
        }
        InitialPosition position = plan.source().initialPosition();
        return switch (position) {
            case TRIM_HORIZON -> Instant.MIN;
            case AT_TIMESTAMP -> plan.source().initialTimestamp();
            case LATEST -> oldest == null ? Instant.MIN : oldest;
        };
    }

    /** Nobody expects what was lost before the time from which on records are expected. */
    private boolean isBeforeStart(LedgerEntry lost) {
        return since != null && !Instant.ofEpochMilli(lost.newestArrivalMillis()).isAfter(since);
    }

    private void scan(StreamApi api, List<LedgerAudit> audits, Instant start)
            throws InterruptedException {
        ShardScanner scanner = new ShardScanner(api, plan.stream(), plan.source());
        Instant now = Instant.now();
        for (Shard shard : scanner.shards()) {
            audits.forEach(audit -> audit.beginShard(plan.stream().stream(), shard.id()));
            scanner.scan(
                    shard,
                    now,
                    new Expected(audits, start, plan.source().end().timestamp()),
                    reporter);
            audits.forEach(LedgerAudit::endShard);
        }
    }

    /**
     * Passes a shard's records on from the first one that is not too old, whatever follows, up to
     * the first one that is too new.
     */
    private static final class Expected implements Consumer<Envelope> {

        private final List<LedgerAudit> audits;
        private final Instant start;
        private final Instant end;
        private boolean begun;
        private boolean ended;

        Expected(List<LedgerAudit> audits, Instant start, Instant end) {
            this.audits = audits;
            this.start = start;
            this.end = end;
        }

        @Override
        public void accept(Envelope record) {
            Instant arrival = Instant.ofEpochMilli(record.arrivalMillis());
            begun = begun || !arrival.isBefore(start);
            ended = ended || (end != null && !arrival.isBefore(end));
            if (begun && !ended) {
                for (LedgerAudit audit : audits) {
                    audit.record(record.sequence(), record.subSequence(), record.arrivalMillis());
                }
            }
        }
    }
}
