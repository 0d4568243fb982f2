package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.launcher.verify.ScanReporter;
import io.hydrant.launcher.verify.Verification;
import io.hydrant.launcher.verify.VerificationResult;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.flink.FlinkCluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Rounds of putting, striking and waiting for checkpoints; in the end, the verdict and the balance.
 */
final class IcebergSoak {

    static final int MAX_PARALLELISM = 3;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final FlinkCluster cluster;
    private final SoakTable table;
    private final Random random;
    private final PrintWriter out;
    private int parallelism = 2;
    private String job;

    IcebergSoak(FlinkCluster cluster, SoakTable table, Random random, PrintWriter out) {
        this.cluster = cluster;
        this.table = table;
        this.random = random;
        this.out = out;
    }

    /** What came of it. */
    record Outcome(long records, long lost, long doubled, VerificationResult verified) {

        boolean passed() {
            return lost == 0 && doubled == 0 && verified.complete();
        }
    }

    /** How a round strikes. */
    private enum Strike {
        COMMIT_FAILS_BEFORE,
        TASK_MANAGER,
        COMMIT_ANSWER_LOST,
        COMMIT_ANSWER_LOST_AND_KILLED,
        CANCELLED,
        STOPPED,
        KILLED_BEFORE,
        KILLED_BEHIND
    }

    /**
     * What a round does.
     *
     * @param step where it kills, null where that is said
     */
    private record Blow(Strike strike, TableStep step) {}

    /** Each way to strike once, in the order that they come in first. */
    private List<Blow> blows() {
        List<Blow> blows = new ArrayList<>();
        for (Strike strike : Strike.values()) {
            if (strike.compareTo(Strike.KILLED_BEFORE) < 0) {
                blows.add(new Blow(strike, null));
            }
        }
        for (TableStep step : table.steps()) {
            blows.add(new Blow(Strike.KILLED_BEFORE, step));
            blows.add(new Blow(Strike.KILLED_BEHIND, step));
        }
        return blows;
    }

    Outcome run(int rounds, int recordsPerRound) throws Exception {
        DeliveryPlan plan = table.plan();
        List<Blow> blows = blows();
        out.printf(
                Locale.ROOT,
                "%d ways to strike, of which %d have their turn%n",
                blows.size(),
                Math.min(rounds, blows.size()));
        SoakRecords records = new SoakRecords(random);
        try (BatchPutter putter = StreamPutters.open(plan.sourceAws(), plan.stream().stream(), 0)) {
            submit(null);
            records.put(putter, recordsPerRound);
            awaitCheckpoints();
            for (int round = 1; round <= rounds; round++) {
                long begun = System.nanoTime();
                records.put(putter, recordsPerRound / 2);
                Blow blow =
                        blows.get(round <= blows.size() ? round - 1 : random.nextInt(blows.size()));
                arm(blow);
                records.put(putter, recordsPerRound - recordsPerRound / 2);
                String done = strike(blow);
                awaitCheckpoints();
                out.printf(
                        Locale.ROOT,
                        "round %d of %d: %s; going on after %.1f s, %,d records put%n",
                        round,
                        rounds,
                        done,
                        (System.nanoTime() - begun) / 1e9,
                        records.made());
                out.flush();
            }
        }
        return settle(plan, records.made());
    }

    /** A commit must be told to fail before there is something to commit. */
    private void arm(Blow blow) throws IOException {
        switch (blow.strike()) {
            case COMMIT_FAILS_BEFORE -> table.catalog().failBeforeNextCommit();
            case COMMIT_ANSWER_LOST, COMMIT_ANSWER_LOST_AND_KILLED ->
                    table.catalog().failBehindNextCommit();
            case KILLED_BEFORE -> table.door().hold(blow.step(), false);
            case KILLED_BEHIND -> table.door().hold(blow.step(), true);
            case TASK_MANAGER, CANCELLED, STOPPED -> {}
        }
    }

    private String strike(Blow blow) throws IOException {
        return switch (blow.strike()) {
            case COMMIT_FAILS_BEFORE -> {
                awaitFault();
                yield "a commit failed before it took effect";
            }
            case COMMIT_ANSWER_LOST -> {
                awaitFault();
                yield "a commit took effect and its answer was a failure";
            }
            case COMMIT_ANSWER_LOST_AND_KILLED -> {
                awaitFault();
                replaceTaskManager();
                yield "a commit's answer was lost, and the TaskManager killed";
            }
            case TASK_MANAGER -> {
                replaceTaskManager();
                yield "TaskManager killed";
            }
            case CANCELLED -> {
                cluster.cancel(job);
                yield restore(cluster.rest().latestCheckpoint(job), "cancelled");
            }
            case KILLED_BEFORE -> killAt(blow.step(), "before ");
            case KILLED_BEHIND -> killAt(blow.step(), "after ");
            case STOPPED -> restore(cluster.stopWithSavepoint(job), "stopped with a savepoint");
        };
    }

    /** Who is killed does not see the answer, whether S3 did it or not. */
    private String killAt(TableStep step, String when) throws IOException {
        if (!Conditions.comeTrue(TIMEOUT, table.door()::isHolding)) {
            throw new IOException("Nothing came by " + when + step + ": " + state());
        }
        cluster.killTaskManager();
        table.door().letGo();
        cluster.startTaskManager();
        return "TaskManager killed " + when + step;
    }

    private void replaceTaskManager() throws IOException {
        cluster.killTaskManager();
        cluster.startTaskManager();
    }

    private String restore(String from, String how) throws IOException {
        parallelism = 1 + (parallelism + random.nextInt(MAX_PARALLELISM - 1)) % MAX_PARALLELISM;
        submit(from);
        return how + ", restored as another job with parallelism " + parallelism;
    }

    private void submit(String from) throws IOException {
        List<String> words = new ArrayList<>();
        if (from != null) {
            words.addAll(List.of("-s", from));
        }
        words.add(HydrantRoot.deliveryJar().toString());
        words.addAll(table.arguments(parallelism));
        job = cluster.run(words.toArray(String[]::new));
        cluster.awaitRunning(job);
    }

    private void awaitFault() throws IOException {
        if (!Conditions.comeTrue(TIMEOUT, () -> table.catalog().hasFailed())) {
            throw new IOException("No commit came by: " + state());
        }
    }

    /** Waits for two checkpoints; the first may have begun before this call. */
    private void awaitCheckpoints() throws IOException {
        long before = cluster.rest().checkpoints(job).completed();
        boolean done =
                Conditions.comeTrue(
                        TIMEOUT,
                        () ->
                                cluster.rest().job(job).isOver()
                                        || cluster.rest().checkpoints(job).completed()
                                                > before + 1);
        if (!done || cluster.rest().job(job).isOver()) {
            throw new IOException("No checkpoint after the failure: " + state());
        }
    }

    private String state() throws IOException {
        return "the job is "
                + cluster.rest().job(job).state()
                + ". "
                + cluster.rest().lastFailure(job)
                + "\n"
                + cluster.logTail();
    }

    /** What the table is to have, by what is in the stream. */
    private Balance expected(DeliveryPlan plan, long made) throws Exception {
        Balance all = new Balance(made);
        Map<Long, Long> lastOfCells = new HashMap<>();
        DeliverySoak.forEachInStream(
                plan,
                number -> {
                    all.inStream(number);
                    lastOfCells.put(SoakRecords.cellOf(number), number);
                });
        if (all.neverPut() > 0) {
            throw new IOException(all.neverPut() + " records never came into the stream");
        }
        if (!table.mode().byKey()) {
            return all;
        }
        Balance rows = new Balance(made);
        lastOfCells.values().stream()
                .filter(number -> !SoakRecords.removes(number))
                .forEach(rows::inStream);
        return rows;
    }

    private Outcome settle(DeliveryPlan plan, long made) throws Exception {
        Balance balance = expected(plan, made);
        if (!table.mode().byKey()) {
            // What is still missing after that long is lost.
            Conditions.comeTrue(TIMEOUT, () -> table.rows() >= made);
        }
        // What is in the table may still have to be noted.
        Conditions.comeTrue(
                TIMEOUT,
                () -> new Verification(plan, null, false, new ScanReporter(out)).run().complete());
        cluster.stopWithSavepoint(job);
        VerificationResult verified =
                new Verification(plan, null, true, new ScanReporter(out)).run();
        table.countInto(balance);
        return new Outcome(made, balance.lost(), balance.doubled(), verified);
    }
}
