package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.launcher.verify.ScanReporter;
import io.hydrant.launcher.verify.Verification;
import io.hydrant.launcher.verify.VerificationResult;
import io.hydrant.localstack.harness.Conditions;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/** Rounds of putting, striking and waiting for the next checkpoint; in the end, the balance. */
final class DeliverySoak {

    /** After that long, a fault that no call has reached gives way to the loss of a TaskManager. */
    private static final Duration FAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(3);

    private static final int MAX_PARALLELISM = 3;
    private static final int RESHARD_EVERY = 2;

    private final IntFunction<DeliveryPlan> plans;
    private final FaultTurns turns;
    private final DeliveredNumbers delivered;
    private final SoakJob job;
    private final Resharding resharding;
    private final Random random;
    private final PrintWriter out;
    private int parallelism = 2;

    /**
     * A soak.
     *
     * @param plans the delivery at a given parallelism
     * @param faults failures that what it does comes by, each of which has its turn
     * @param delivered reads back what lies at the destination
     */
    DeliverySoak(
            IntFunction<DeliveryPlan> plans,
            List<? extends SoakFault> faults,
            DeliveredNumbers delivered,
            SoakJob job,
            Resharding resharding,
            Random random,
            PrintWriter out) {
        this.plans = plans;
        List<SoakFault> all = new ArrayList<>(faults);
        all.add(new TaskManagerLoss());
        all.add(new Cancellation());
        this.turns = new FaultTurns(all, random);
        this.delivered = delivered;
        this.job = job;
        this.resharding = resharding;
        this.random = random;
        this.out = out;
    }

    /** What is lost between two records, at whatever step. */
    private final class TaskManagerLoss implements SoakFault {

        @Override
        public void provoke(SoakRecords records, BatchPutter putter) throws Exception {
            job.replaceTaskManager();
        }

        @Override
        public String toString() {
            return "TaskManager lost";
        }
    }

    /** The whole job is gone while records are put, and goes on in as many tasks as it likes. */
    private final class Cancellation implements SoakFault {

        private String checkpoint;

        @Override
        public void provoke(SoakRecords records, BatchPutter putter) throws Exception {
            checkpoint = job.cancel();
        }

        @Override
        public void strike(SoakJob cancelled) throws Exception {
            parallelism = 1 + (parallelism + random.nextInt(MAX_PARALLELISM - 1)) % MAX_PARALLELISM;
            cancelled.submit(plans.apply(parallelism), checkpoint);
        }

        @Override
        public String toString() {
            return "cancelled, restored with parallelism " + parallelism;
        }
    }

    /** What came of it. */
    record Outcome(int rounds, long records, long lost, long doubled, VerificationResult verified) {

        boolean passed() {
            return lost == 0 && doubled == 0 && verified.complete();
        }
    }

    Outcome run(int rounds, int recordsPerRound) throws Exception {
        DeliveryPlan plan = plans.apply(parallelism);
        SoakRecords records = new SoakRecords(random);
        try (BatchPutter putter = StreamPutters.open(plan.sourceAws(), plan.stream().stream(), 0)) {
            job.submit(plan, null);
            records.put(putter, recordsPerRound);
            job.awaitCheckpoint();
            for (int round = 1; round <= rounds; round++) {
                long begun = System.nanoTime();
                records.put(putter, recordsPerRound / 2);
                String resharded = round % RESHARD_EVERY == 0 ? resharding.next(random) : null;
                String strike = strike(putter, records, recordsPerRound - recordsPerRound / 2);
                job.awaitCheckpoint();
                out.printf(
                        Locale.ROOT,
                        "round %d of %d: %s%s; going on after %.1f s, %,d records put%n",
                        round,
                        rounds,
                        strike,
                        resharded == null ? "" : ", " + resharded,
                        (System.nanoTime() - begun) / 1e9,
                        records.made());
                out.flush();
            }
        }
        out.printf(
                Locale.ROOT,
                "%d of %d points of failure had their turn%n",
                turns.had(),
                turns.all());
        // A source that is told to stop reads no further, and what it did not read is not
        // delivered.
        awaitVerdict(plan, false);
        job.drain();
        return settle(plan, rounds, records.made());
    }

    private String strike(BatchPutter putter, SoakRecords records, int count) throws Exception {
        SoakFault fault = turns.next();
        fault.arm();
        fault.provoke(records, putter);
        records.put(putter, count);
        if (Conditions.comeTrue(FAULT_TIMEOUT, fault::hasFired)) {
            fault.strike(job);
            turns.reached(fault);
            return fault.toString();
        }
        fault.disarm();
        turns.missed(fault);
        job.replaceTaskManager();
        return fault + " was not reached, TaskManager lost instead";
    }

    private Outcome settle(DeliveryPlan plan, int rounds, long made) throws Exception {
        VerificationResult verified = awaitVerdict(plan, true);
        Balance balance = new Balance(made);
        forEachInStream(plan, balance::inStream);
        delivered.forEach(plan, balance::delivered);
        if (balance.neverPut() > 0) {
            throw new IOException(balance.neverPut() + " records never came into the stream");
        }
        return new Outcome(rounds, made, balance.lost(), balance.doubled(), verified);
    }

    /** Verifies until that gives a verdict that time cannot mend, or the patience is over. */
    private VerificationResult awaitVerdict(DeliveryPlan plan, boolean readBack) throws Exception {
        VerificationResult[] last = new VerificationResult[1];
        Conditions.comeTrue(
                SETTLE_TIMEOUT,
                () -> {
                    last[0] = new Verification(plan, null, readBack, new ScanReporter(out)).run();
                    return !last[0].mayStillComplete();
                });
        return last[0];
    }

    /** Goes through what the stream holds, shard by shard in their order. */
    static void forEachInStream(DeliveryPlan plan, LongConsumer numbers)
            throws IOException, InterruptedException {
        try (StreamApi api = SdkStreamApi.factory(plan.sourceAws(), plan.stream()).open()) {
            ShardScanner scanner = new ShardScanner(api, plan.stream(), plan.source());
            for (Shard shard : scanner.shards()) {
                scanner.scan(
                        shard,
                        Instant.now(),
                        record -> {
                            try {
                                numbers.accept(
                                        SoakRecords.numberOf(
                                                new String(
                                                        record.payloadCopy(),
                                                        StandardCharsets.US_ASCII)));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        (s, n, behind) -> {});
            }
        }
    }
}
