package io.hydrant.launcher.verify;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.AuditReport;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamApi;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Compares what a delivery says it delivered (its ledger) with what the stream holds and with what
 * lies in the bucket.
 *
 * <p>Stretches that the ledger says were lost by retention are reported as that; one that ended at
 * or before {@code since} is left out, so that a loss that is known does not hide another.
 *
 * <p>The ledger is read first and the stream after it, so a delivery that goes on meanwhile can
 * make records look pending or missing, never doubled. Memory grows with the objects of the
 * delivery, not with the records.
 */
public final class Verification {

    private final DeliveryPlan plan;
    private final Instant since;
    private final boolean readBack;
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
            LedgerAudit audit = new LedgerAudit();
            ObjectCheck objects = new ObjectCheck(plan.sink().bucket());
            Instant[] oldest = {null};
            Consumer<LedgerEntry> take =
                    entry -> {
                        if (entry.kind() == EntryKind.LOST) {
                            addLost(entry, audit);
                            return;
                        }
                        audit.add(entry);
                        objects.expect(entry);
                        Instant arrival = Instant.ofEpochMilli(entry.oldestArrivalMillis());
                        if (oldest[0] == null || arrival.isBefore(oldest[0])) {
                            oldest[0] = arrival;
                        }
                    };
            long ledgers = reads.ledger().forEach(take::accept);
            reporter.ledgerRead(ledgers, objects.expected());
            if (plan.archive() == null) {
                scan(api, audit, start(oldest[0]));
            } else {
                reads.scanArchive(audit);
            }
            objects.compare(
                    reads.objects(),
                    LiteralPrefixes.of(plan.sink().naming()),
                    DeliveryReads.ownPrefixes(plan),
                    readBack,
                    reporter);
            AuditReport report = audit.report();
            return new VerificationResult(report, objects.result());
        }
    }

    /**
     * Before what time nothing was promised. A delivery from LATEST began with its first record;
     * while it has none, whatever the stream holds may have been meant.
     *
     * @param oldestDelivered null where nothing was delivered
     */
    private Instant start(Instant oldestDelivered) {
        if (since != null) {
            return since;
        }
        InitialPosition position = plan.source().initialPosition();
        return switch (position) {
            case TRIM_HORIZON -> Instant.MIN;
            case AT_TIMESTAMP -> plan.source().initialTimestamp();
            case LATEST -> oldestDelivered == null ? Instant.MIN : oldestDelivered;
        };
    }

    /** Nobody expects what was lost before the time from which on records are expected. */
    private void addLost(LedgerEntry entry, LedgerAudit audit) {
        if (since == null || Instant.ofEpochMilli(entry.newestArrivalMillis()).isAfter(since)) {
            audit.add(entry);
        }
    }

    private void scan(StreamApi api, LedgerAudit audit, Instant start) throws InterruptedException {
        ShardScanner scanner = new ShardScanner(api, plan.stream(), plan.source());
        Instant now = Instant.now();
        for (Shard shard : scanner.shards()) {
            audit.beginShard(plan.stream().stream(), shard.id());
            scanner.scan(
                    shard,
                    now,
                    new Expected(audit, start, plan.source().end().timestamp()),
                    reporter);
            audit.endShard();
        }
    }

    /**
     * Passes a shard's records on from the first one that is not too old, whatever follows, up to
     * the first one that is too new.
     */
    private static final class Expected implements Consumer<Envelope> {

        private final LedgerAudit audit;
        private final Instant start;
        private final Instant end;
        private boolean begun;
        private boolean ended;

        Expected(LedgerAudit audit, Instant start, Instant end) {
            this.audit = audit;
            this.start = start;
            this.end = end;
        }

        @Override
        public void accept(Envelope record) {
            Instant arrival = Instant.ofEpochMilli(record.arrivalMillis());
            begun = begun || !arrival.isBefore(start);
            ended = ended || (end != null && !arrival.isBefore(end));
            if (begun && !ended) {
                audit.record(record.sequence(), record.subSequence(), record.arrivalMillis());
            }
        }
    }
}
