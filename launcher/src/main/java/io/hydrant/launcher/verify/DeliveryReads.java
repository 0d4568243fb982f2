package io.hydrant.launcher.verify;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.LedgerReader;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.RetryClock;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import java.util.List;

/** What a delivery left in S3, its ledger and its objects, over one connection. */
public final class DeliveryReads implements AutoCloseable {

    private final ObjectStore store;
    private final LedgerReader ledger;
    private final DeliveredObjects objects;

    /** Connects to where the delivery writes. */
    public DeliveryReads(DeliveryPlan plan) {
        store = S3ObjectStore.connect(plan.sinkAws(), plan.sink().store());
        S3Calls calls = new S3Calls(plan.sink().retryTimeout(), RetryClock.SYSTEM);
        ledger =
                new LedgerReader(
                        store,
                        calls,
                        plan.sink().ledger().bucket(),
                        new LedgerKeys(plan.sink().ledger().prefix(), plan.deliveryStream()));
        objects = new DeliveredObjects(store, calls, plan.sink().bucket());
    }

    /** What the keys of Hydrant's own objects begin with: ledger and memory of redrives. */
    public static List<String> ownPrefixes(DeliveryPlan plan) {
        String ledger = plan.sink().ledger().prefix();
        return List.of(ledger, new RedriveKeys(ledger, plan.deliveryStream()).root());
    }

    /** What it says it delivered. */
    public LedgerReader ledger() {
        return ledger;
    }

    /** What lies in its bucket. */
    public DeliveredObjects objects() {
        return objects;
    }

    @Override
    public void close() {
        store.close();
    }
}
