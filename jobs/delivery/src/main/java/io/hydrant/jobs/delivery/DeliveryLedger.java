package io.hydrant.jobs.delivery;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.LedgerReader;
import io.hydrant.s3.sink.LedgerConfig;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.util.FlinkRuntimeException;

import java.io.IOException;

/** The ledger of a delivery stream, read before a job is started. */
final class DeliveryLedger {

    private final DeliveryPlan plan;
    private final LedgerKeys keys;

    /**
     * A ledger in the bucket of a plan.
     *
     * @param deliveryStream whose it is
     */
    DeliveryLedger(DeliveryPlan plan, String deliveryStream) {
        this.plan = plan;
        this.keys = new LedgerKeys(plan.sink().ledger().prefix(), deliveryStream);
    }

    /** Where it lies. */
    String address() {
        return "s3://" + plan.sink().ledger().bucket() + '/' + keys.folder();
    }

    /**
     * Gives every entry to the consumer.
     *
     * @throws IOException if it cannot be read; the message says what to mend
     */
    void read(ObjectStoreFactory stores, LedgerReader.EntryConsumer consumer) throws IOException {
        LedgerConfig ledger = plan.sink().ledger();
        try (ObjectStore store = stores.open(plan.sinkAws(), plan.sink().store().forLedger())) {
            new LedgerReader(
                            store,
                            new S3Calls(plan.sink().retryTimeout(), RetryClock.SYSTEM),
                            ledger.bucket(),
                            keys)
                    .forEach(consumer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Interrupted while it read the ledger", e);
        }
    }
}
