package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.deadletter.DeadLetter;
import io.hydrant.delivery.deadletter.DeadLetterReader;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.iceberg.sink.RedrivenRows;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.sink.RedriveDelivery;
import io.hydrant.s3.sink.RedriveFollowUp;
import io.hydrant.s3.sink.RedriveMemory;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.stage.WaitingObject;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Makes rows of the records of objects that wait, as a redrive does of error objects: an object is
 * one commit to each table that its records go to, and what fits no table becomes error objects.
 */
final class TableRound implements LoadRound {

    private static final Logger LOG = LoggerFactory.getLogger(TableRound.class);

    private final ObjectStore store;
    private final S3Calls calls;
    private final RedrivenRows rows;
    private final RedriveDelivery delivery;

    TableRound(TableRedrive tables, S3SinkConfig config, Supplier<ObjectStore> stores) {
        this.store = stores.get();
        this.calls = new S3Calls(config.retryTimeout(), RetryClock.SYSTEM);
        this.rows = tables.rows();
        this.delivery =
                new RedriveDelivery(
                        config,
                        store,
                        Clock.systemUTC(),
                        RedriveMemory.unread(),
                        RedriveFollowUp.NONE,
                        rows);
    }

    @Override
    public long load(WaitingObject object) throws IOException, InterruptedException {
        if (delivery.finish(object.address())) {
            return 0;
        }
        LedgerTally read = new LedgerTally();
        long taken = 0;
        try (DeadLetterReader letters =
                new DeadLetterReader(
                        new DeliveredObjects(store, calls, object.bucket()).openAny(object.key()),
                        object.address(),
                        object.oldestArrivalMillis())) {
            for (DeadLetter letter = letters.next(); letter != null; letter = letters.next()) {
                read.add(letter.record(), letter.part());
                DeliveryRecord judged =
                        rows.write(
                                DeliveryRecord.deliver(letter.record(), letter.route())
                                        .of(letter.part()));
                if (judged.disposition() == Disposition.DEAD_LETTER) {
                    delivery.write(judged);
                } else {
                    taken++;
                }
            }
        }
        if (delivery.commit(object.address(), object.storedBytes(), read)) {
            return taken;
        }
        // Whoever was faster may have ended between the decision and what follows from it.
        delivery.finish(object.address());
        return 0;
    }

    @Override
    public void close() {
        try (RedriveDelivery closed = delivery) {
            closed.discard();
        } catch (IOException | RuntimeException e) {
            LOG.info("What a load had begun is left: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
