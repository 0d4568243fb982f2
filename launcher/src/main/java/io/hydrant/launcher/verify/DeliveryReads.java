package io.hydrant.launcher.verify;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.archive.ArchiveConfig;
import io.hydrant.s3.archive.ArchiveObject;
import io.hydrant.s3.archive.UnreadableArchiveException;
import io.hydrant.s3.archive.UnreadableObjects;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.LedgerReader;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a delivery left in S3, its ledger and its objects, over one connection. */
public final class DeliveryReads implements AutoCloseable {

    private final DeliveryPlan plan;
    private final ObjectStore store;
    private final S3Calls calls;
    private final LedgerReader ledger;
    private final DeliveredObjects objects;
    private final DeliveredObjects backup;

    /** Connects to where the delivery writes. */
    public DeliveryReads(DeliveryPlan plan) {
        this.plan = plan;
        store = S3ObjectStore.connect(plan.sinkAws(), plan.sink().store());
        calls = S3Calls.ofCommand(plan.sink().retryTimeout(), RetryClock.SYSTEM);
        ledger =
                new LedgerReader(
                        store,
                        calls,
                        plan.sink().ledger().bucket(),
                        new LedgerKeys(plan.sink().ledger().prefix(), plan.deliveryStream()));
        objects = new DeliveredObjects(store, calls, plan.sink().bucket());
        backup =
                plan.backup() == null
                        ? null
                        : new DeliveredObjects(store, calls, plan.backup().bucket());
    }

    /**
     * What the keys of Hydrant's own objects begin with: ledger, memory of redrives and of pauses,
     * queue of loads.
     */
    public static List<String> ownPrefixes(DeliveryPlan plan) {
        String ledger = plan.sink().ledger().prefix();
        List<String> prefixes =
                new ArrayList<>(
                        List.of(
                                ledger,
                                new RedriveKeys(ledger, plan.deliveryStream()).root(),
                                WaitingObjects.root(ledger),
                                ledger.substring(0, ledger.length() - 1) + "-pauses/"));
        if (plan.redshift() != null) {
            prefixes.add(plan.redshift().queuePrefix());
            prefixes.add(plan.redshift().errorManifestPrefix());
        }
        return prefixes;
    }

    /** Error prefixes that are of single tables. */
    static List<String> errorPrefixes(DeliveryPlan plan) {
        return plan.iceberg() == null ? List.of() : plan.iceberg().errorPrefixes();
    }

    /** What it says it delivered. */
    public LedgerReader ledger() {
        return ledger;
    }

    /** What lies in its bucket. */
    public DeliveredObjects objects() {
        return objects;
    }

    /** Gives the records of the archive that the delivery reads to the audit. */
    void scanArchive(LedgerAudit audit) throws IOException, InterruptedException {
        ArchiveConfig archive = plan.archive();
        DeliveredObjects archived = new DeliveredObjects(store, calls, archive.bucket());
        archived.forEach(
                archive.prefix(),
                object -> {
                    audit.beginShard(archive.stream(), object.key());
                    scan(archive, archived, object, audit);
                    audit.endShard();
                });
    }

    private static void scan(
            ArchiveConfig archive,
            DeliveredObjects archived,
            ListedObject object,
            LedgerAudit audit)
            throws IOException, InterruptedException {
        if (object.length() == 0) {
            return;
        }
        try (ArchiveObject content =
                ArchiveObject.open(archive, archived, object.key(), object.lastModifiedMillis())) {
            for (Envelope record = content.next(); record != null; record = content.next()) {
                audit.record(record.sequence(), record.subSequence(), record.arrivalMillis());
            }
        } catch (UnreadableArchiveException e) {
            if (archive.unreadable() == UnreadableObjects.FAIL) {
                throw e;
            }
        }
    }

    /** What lies in the bucket of its backup, null where there is none. */
    DeliveredObjects backup() {
        return backup;
    }

    @Override
    public void close() {
        store.close();
    }
}
