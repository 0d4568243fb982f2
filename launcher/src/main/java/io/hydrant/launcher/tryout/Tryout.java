package io.hydrant.launcher.tryout;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.FailedBackup;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.sample.LocalSampler;
import io.hydrant.delivery.transform.TransformSteps;
import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.lambda.LambdaApi;
import io.hydrant.launcher.failures.FailureTally;
import io.hydrant.redshift.TableRouter;
import io.hydrant.s3.sink.DeliveryRole;
import io.hydrant.s3.sink.LocalDelivery;
import io.hydrant.s3.store.ObjectStore;

import org.apache.flink.util.Collector;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Sends records through the rooms of a delivery, each at the time of its arrival. */
final class Tryout implements AutoCloseable {

    private final TransformSteps steps;
    private final LocalSampler sampler;
    private final LocalDelivery delivery;
    private final LocalDelivery backup;
    private final boolean backsUpAll;
    private final TriedTables tables;
    private final TableRouter router;
    private final ArrivalField arrival;
    private final KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.EMIT);
    private final List<DeliveryRecord> judged = new ArrayList<>();
    private final List<DeliveryRecord> sampled = new ArrayList<>();
    private final Collector<DeliveryRecord> judgement = collectorOf(judged);
    private final Collector<DeliveryRecord> samples = collectorOf(sampled);
    private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);
    private final FailureTally failures = new FailureTally();
    private long records;
    private long backedUp;

    /**
     * The rooms of a plan.
     *
     * @param store where objects go; is closed with this
     * @param function what is called in place of a Lambda function, null for the function itself
     * @param tables where rows go, null where objects are the destination; is closed with this
     * @param delivered is told of every object
     */
    Tryout(
            DeliveryPlan plan,
            LambdaApi function,
            ObjectStore store,
            TriedTables tables,
            ArrivalField arrival,
            Consumer<LedgerEntry> delivered)
            throws Exception {
        this.arrival = arrival;
        this.tables = tables;
        this.router =
                plan.redshift() == null
                        ? null
                        : new TableRouter(plan.redshift(), Clock.systemUTC());
        this.steps = plan.openTransform(plan.processing(), function);
        this.sampler = plan.sample() == null ? null : new LocalSampler(plan.sample());
        this.delivery =
                new LocalDelivery(
                        plan.sinkToWrite(),
                        store,
                        DeliveryPipeline.DEFAULT_CHECKPOINT_INTERVAL,
                        delivered);
        this.backup =
                plan.backup() == null
                        ? null
                        : new LocalDelivery(
                                plan.backup(),
                                store,
                                DeliveryPipeline.DEFAULT_CHECKPOINT_INTERVAL,
                                delivered);
        this.backsUpAll = backup != null && plan.backup().role() == DeliveryRole.BACKUP;
    }

    /** Sends one record of the stream through, or the user records that it holds. */
    void send(Envelope record) throws IOException, InterruptedException {
        List<Envelope> userRecords = new ArrayList<>(1);
        deaggregator.deaggregate(record, HashKeyRange.ALL, userRecords::add);
        for (Envelope userRecord : userRecords) {
            records++;
            Envelope arrived = arrival.applyTo(userRecord);
            if (backsUpAll) {
                backUp(DeliveryRecord.deliver(arrived));
            }
            steps.process(arrived, judgement);
            sampleJudged();
        }
    }

    private void sampleJudged() throws IOException, InterruptedException {
        if (sampler == null) {
            deliver(judged);
        } else {
            for (DeliveryRecord each : judged) {
                sampler.process(each, samples);
            }
            judged.clear();
            deliver(sampled);
        }
    }

    private void deliver(List<DeliveryRecord> records) throws IOException, InterruptedException {
        for (DeliveryRecord each : records) {
            DeliveryRecord became = tables == null ? each : tables.take(each);
            if (router != null) {
                became = router.route(became);
            }
            if (tables == null || became.disposition() != Disposition.DELIVER) {
                became = delivery.deliver(became, each.envelope().arrivalMillis());
            }
            count(became);
            if (backup != null && !backsUpAll) {
                backUp(FailedBackup.of(became));
            }
        }
        records.clear();
    }

    private void backUp(DeliveryRecord record) throws IOException, InterruptedException {
        backup.deliver(record, record.envelope().arrivalMillis());
        if (record.disposition() == Disposition.DELIVER) {
            backedUp++;
        }
    }

    void finish() throws IOException, InterruptedException {
        steps.finish(judgement);
        sampleJudged();
        if (sampler != null) {
            sampler.finish(samples);
            deliver(sampled);
        }
        delivery.finish();
        if (backup != null) {
            backup.finish();
        }
    }

    /** User records sent. */
    long records() {
        return records;
    }

    /** Records and parts of records that went there. */
    long count(Disposition disposition) {
        return counts.getOrDefault(disposition, 0L);
    }

    /** Records and parts of records that the backup has. */
    long backedUp() {
        return backedUp;
    }

    /** What failed, and why. */
    FailureTally failures() {
        return failures;
    }

    private void count(DeliveryRecord record) {
        counts.merge(record.disposition(), 1L, Long::sum);
        if (record.failure() != null) {
            failures.count(record.failure().code(), record.failure().message());
        }
    }

    private static Collector<DeliveryRecord> collectorOf(List<DeliveryRecord> records) {
        return new Collector<>() {
            @Override
            public void collect(DeliveryRecord record) {
                records.add(record);
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
    }

    @Override
    public void close() throws Exception {
        try {
            steps.close();
        } finally {
            delivery.close();
            if (backup != null) {
                backup.close();
            }
            if (tables != null) {
                tables.close();
            }
        }
    }
}
