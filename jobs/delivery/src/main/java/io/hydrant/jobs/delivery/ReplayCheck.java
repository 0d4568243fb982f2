package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.s3.store.ObjectStoreFactory;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * Refuses a run over a range of which the ledger says that some is delivered: begun anew after a
 * failure instead of from its checkpoint, or reaching into what the live delivery has. A run that
 * goes on from a checkpoint or savepoint is never refused.
 *
 * <p>Sees what was committed before the run begins, so of two runs that begin side by side it
 * refuses none; {@code hydrant verify} shows what they doubled.
 */
final class ReplayCheck {

    private final ObjectStoreFactory stores;
    private final Clock clock;

    ReplayCheck(ObjectStoreFactory stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Looks into the ledger where the plan is a replay that begins anew.
     *
     * @throws InvalidConfigurationException if some of the range is delivered, or the ledger cannot
     *     be read
     */
    void requireNew(DeliveryPlan plan, ReadableConfig flink) {
        DeliveredBefore before = range(plan);
        boolean goesOn = flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).isPresent();
        if (before == null || goesOn || plan.allowsOverlap() || !plan.sink().ledger().enabled()) {
            return;
        }
        Problems problems = new Problems();
        String folder = readLedger(plan, before, problems);
        if (!before.isNothing()) {
            problems.add(
                    ReplayRange.FROM,
                    "the ledger "
                            + folder
                            + " "
                            + before.text()
                            + ", and they would be delivered twice. Way out: a replay that failed goes on from its last checkpoint (flink run -s CHECKPOINT); "
                            + (plan.archive() == null
                                    ? "one that is to fill in what is older ends there ("
                                            + ReplayRange.TO
                                            + " "
                                            + before.oldest()
                                            + "); "
                                    : "")
                            + "one that is to deliver the range anew, apart from that, has an id of its own ("
                            + ReplayRange.ID
                            + "); "
                            + "one that is meant to deliver it twice says so ("
                            + DeliveryJobOptions.ALLOW_OVERLAP.key()
                            + "=true)");
        }
        problems.throwIfAny("replay");
    }

    /** What the plan replays, null where it is no replay. */
    private DeliveredBefore range(DeliveryPlan plan) {
        if (plan.archive() != null) {
            return DeliveredBefore.ofArchive(plan.archive().stream(), plan.archive().prefix());
        }
        EndConfig end = plan.source().end();
        return end.isBounded()
                ? DeliveredBefore.ofStream(
                        plan.stream().stream(),
                        plan.source().initialPosition() == InitialPosition.AT_TIMESTAMP
                                ? plan.source().initialTimestamp()
                                : Instant.MIN,
                        end.timestamp() == null ? clock.instant() : end.timestamp())
                : null;
    }

    private String readLedger(DeliveryPlan plan, DeliveredBefore before, Problems problems) {
        DeliveryLedger ledger = new DeliveryLedger(plan, plan.deliveryStream());
        try {
            ledger.read(stores, before::add);
        } catch (IOException e) {
            problems.add(
                    ReplayRange.FROM,
                    "whether the range was delivered before cannot be seen: " + e.getMessage());
        }
        return ledger.address();
    }
}
