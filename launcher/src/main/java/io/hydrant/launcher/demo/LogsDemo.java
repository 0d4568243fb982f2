package io.hydrant.launcher.demo;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.demo.DeliveredFlights.Delivered;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.localstack.StreamAndBucket;
import io.hydrant.launcher.replay.ReplayRecord;
import io.hydrant.launcher.replay.ReplayStatus;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.process.OwnedFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./hydrant demo --from-logs}: a log that grows and is rotated on one side; objects in S3,
 * two leaderboards and a time series on the other, and the proof of both.
 *
 * <pre>
 *   flights.log ─> hydrant-ingest.jar ─> Kinesis ─┬─> hydrant-delivery.jar ─> S3, verified
 *                                                 └─> hydrant-sql.jar ─> answers, shown and checked
 * </pre>
 */
final class LogsDemo {

    /** How long nothing may arrive before the demo says that something is wrong. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final PrintWriter out;
    private final boolean isTerminal;
    private final int parallelism;

    /**
     * A demo.
     *
     * @param isTerminal whether what is printed can be written over
     * @param parallelism parallel tasks of the delivery, and of the answers
     */
    LogsDemo(PrintWriter out, boolean isTerminal, int parallelism) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.parallelism = parallelism;
    }

    /**
     * Runs it.
     *
     * @param carried what is written to the log
     * @param keep whether all keeps running at the end
     * @return whether each flight landed exactly once, and the answers are right
     */
    boolean run(CarriedFlights carried, boolean keep) throws Exception {
        long begun = System.nanoTime();
        Progress progress = out::println;
        Path jar = HydrantRoot.sqlJar();
        FlinkHome home = FlinkHome.find(progress);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-demo-");
                RunningLocalStack running = RunningLocalStack.start(progress);
                StreamAndBucket resources =
                        StreamAndBucket.create(
                                running.localStack(), DemoCommand.STREAM, DemoCommand.BUCKET);
                DemoStreams streams = DemoStreams.ofAnswers(running.localStack());
                FlinkCluster cluster = cluster(home, progress)) {
            DeliveryJob delivery =
                    DeliveryJob.submit(cluster, arguments(running.localStack()), out);
            AnswersJob answers =
                    new AnswersJob(out, isTerminal, home, cluster, streams, folder.path());
            answers.submit(jar, running.localStack(), DemoCommand.STREAM);
            boolean right;
            try (DeliveredFlights delivered = new DeliveredFlights(delivery.plan())) {
                LiveProgress live =
                        new LiveProgress(out, carried.count(), cluster, delivery.id(), delivered);
                carry(running.localStack(), cluster, carried, live, delivered, answers);
                right = answers.conclude();
                right &= delivery.prove(carried.count(), delivered);
            }
            out.printf(
                    Locale.ROOT,
                    "%nDone in %d s. While it runs: Flink's web UI %s, bucket s3://%s at %s%n",
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                    cluster.webUi(),
                    DemoCommand.BUCKET,
                    running.localStack().endpoint());
            if (keep) {
                answers.sayHowToSelect();
                out.println("It all keeps running (--keep); Ctrl-C ends it.");
                out.flush();
                new CountDownLatch(1).await();
            }
            out.println("Cleaning up …");
            return right;
        }
    }

    /** With slots for the job that follows the log, and for a question more. */
    private FlinkCluster cluster(FlinkHome home, Progress progress) throws IOException {
        return FlinkCluster.builder(home)
                .slots(3 * parallelism + 1)
                .set("parallelism.default", String.valueOf(parallelism))
                .set("execution.checkpointing.interval", "3 s")
                .set("jobmanager.memory.process.size", "1200m")
                .set("taskmanager.memory.process.size", "2400m")
                .progress(progress)
                .start();
    }

    private List<String> arguments(LocalStack localStack) {
        List<String> arguments = DeliveryJob.arguments("flights.json", localStack, parallelism);
        // A line of a log has its line feed.
        arguments.addAll(
                List.of(
                        "--set",
                        "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled=false",
                        "--set",
                        "source.deduplication.enabled=true"));
        return arguments;
    }

    private void carry(
            LocalStack localStack,
            FlinkCluster cluster,
            CarriedFlights carried,
            LiveProgress live,
            DeliveredFlights delivered,
            AnswersJob answers)
            throws IOException, InterruptedException {
        try (LogsInFront logs =
                        LogsInFront.start(
                                cluster, localStack, DemoCommand.STREAM, out, answers::say);
                Stream<ReplayRecord> records = carried.records(answers::expect)) {
            logs.log()
                    .write(
                            records.iterator(),
                            carried.count(),
                            status -> written(status, live, delivered, answers));
            answers.say("All are in the log. The rest is on its way …");
            await(carried.count(), live, delivered, answers);
        }
    }

    private static void written(
            ReplayStatus status,
            LiveProgress live,
            DeliveredFlights delivered,
            AnswersJob answers) {
        live.take(status);
        try {
            answers.show(live.line(delivered.byLedger()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all is delivered and the answers are right, as long as something still moves. */
    private static void await(
            long total, LiveProgress live, DeliveredFlights delivered, AnswersJob answers)
            throws IOException, InterruptedException {
        long lastChange = System.nanoTime();
        Standing last = null;
        while (true) {
            Delivered landed = delivered.byLedger();
            answers.show(live.line(landed));
            if (landed.records() >= total && answers.areRight()) {
                return;
            }
            Standing now = new Standing(landed.records(), answers.answers());
            if (!now.equals(last)) {
                last = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STALLED.toNanos()) {
                throw new IOException(
                        "Nothing has changed for "
                                + STALLED.toSeconds()
                                + " s. "
                                + live.diagnosis()
                                + "\n"
                                + answers.diagnosis());
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** How far both sides are. */
    private record Standing(long delivered, List<List<List<String>>> answers) {}
}
