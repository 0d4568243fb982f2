package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.s3.store.ObjectStoreFactory;

import org.apache.flink.configuration.ReadableConfig;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ends a replay where the live delivery began, to the record: {@code --to LIVE}.
 *
 * <p>Without gap or overlap because the live delivery notes in the ledger, in the commit of its
 * first records, the one time from which on it reads every shard, and because the replay leaves out
 * of each shard just what a read from that time has ({@link EndPosition#AT_TIMESTAMP}). Assumes
 * that the live delivery goes on from its checkpoints; where it was begun anew, the stretch between
 * its two lives is a hole of its own, which {@code hydrant verify} shows.
 */
final class Handover {

    private final ObjectStoreFactory stores;

    Handover(ObjectStoreFactory stores) {
        this.stores = stores;
    }

    /** Says what about a replay to the live delivery cannot be. */
    static void check(ReadableConfig config, DeliveryPlan plan, Problems problems) {
        if (!config.get(DeliveryJobOptions.TO_LIVE)) {
            return;
        }
        EndConfig end = plan.source().end();
        if (plan.archive() != null || end.position() != EndPosition.NOW) {
            problems.add(
                    DeliveryJobOptions.TO_LIVE.key(),
                    "goes with a replay of a stream, "
                            + KinesisSourceOptions.END_POSITION.key()
                            + " NOW, whose end it takes from the ledger; "
                            + (plan.archive() != null
                                    ? "an archive ends with its last object"
                                    : "here it is " + end.position()));
        } else if (!plan.sink().ledger().enabled()) {
            problems.add(
                    DeliveryJobOptions.TO_LIVE.key(),
                    "needs the ledger of the live delivery, and ledger.enabled is false; give a time ("
                            + ReplayRange.TO
                            + ')');
        }
    }

    /**
     * The plan with the end that the ledger says.
     *
     * @param liveStream the delivery stream that goes on from there
     */
    DeliveryPlan resolve(DeliveryPlan plan, String liveStream, Problems problems) {
        Instant from =
                plan.source().initialPosition() == InitialPosition.AT_TIMESTAMP
                        ? plan.source().initialTimestamp()
                        : Instant.MIN;
        LiveBegin begin = new LiveBegin(plan.stream().stream(), from);
        DeliveryLedger ledger = new DeliveryLedger(plan, liveStream);
        try {
            ledger.read(stores, begin::add);
        } catch (IOException e) {
            problems.add(
                    ReplayRange.TO,
                    "where the live delivery began cannot be seen: " + e.getMessage());
            return plan;
        }
        if (begin.time() == null) {
            problems.add(
                    ReplayRange.TO,
                    "LIVE is not known: the ledger "
                            + ledger.address()
                            + " does not say of a delivery that it began at LATEST, or at a time,"
                            + (from.equals(Instant.MIN) ? "" : " behind " + from)
                            + ". It says so with the first object, so wait for one; or give the time");
            return plan;
        }
        return ending(plan, begin.time(), ledger.address());
    }

    private static DeliveryPlan ending(DeliveryPlan plan, Instant time, String origin) {
        List<PlannedOption> options = new ArrayList<>(plan.options());
        options.removeIf(
                option ->
                        option.key().equals(KinesisSourceOptions.END_POSITION.key())
                                || option.key().equals(KinesisSourceOptions.END_TIMESTAMP.key()));
        options.add(
                new PlannedOption(
                        KinesisSourceOptions.END_POSITION.key(),
                        EndPosition.AT_TIMESTAMP.name(),
                        origin));
        options.add(
                new PlannedOption(
                        KinesisSourceOptions.END_TIMESTAMP.key(),
                        ReplayRange.seconds(time),
                        origin));
        options.sort(Comparator.comparing(PlannedOption::key));
        return plan.with(plan.source().endingAt(time), options);
    }
}
