package io.hydrant.launcher.demo;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.replay.Replay;
import io.hydrant.launcher.replay.ReplayPace;
import io.hydrant.launcher.replay.ReplayRecord;
import io.hydrant.launcher.replay.ReplayStatus;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.process.OwnedFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./hydrant demo --sql}: real flights through a Kinesis stream into two leaderboards and a
 * time series of SQL, shown while they change and compared in the end with what plain Java makes of
 * the same flights.
 *
 * <pre>
 *   flights ─> Kinesis ─> hydrant-sql.jar (sql/scripts/demo) ─> a stream of changes for each answer ─> here
 *                                                                                └─> sql-client.sh
 * </pre>
 */
final class SqlDemo {

    /** How long nothing may arrive before the demo says that something is wrong. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    private static final String REGION = "us-east-1";
    private static final String KEY = "test";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final int parallelism;
    private final boolean fromLogs;
    private final Progress progress;
    private volatile ReplayStatus replay;

    /**
     * A demo.
     *
     * @param isTerminal whether what is printed can be written over
     * @param parallelism parallel tasks of the job
     * @param fromLogs whether the flights come as lines of a log
     */
    SqlDemo(PrintWriter out, boolean isTerminal, int parallelism, boolean fromLogs) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.parallelism = parallelism;
        this.fromLogs = fromLogs;
        this.progress = out::println;
    }

    /**
     * Runs it.
     *
     * @param carried the flights
     * @param keep whether all keeps running at the end
     * @return whether the answers are right
     */
    boolean run(CarriedFlights carried, boolean keep) throws Exception {
        Path jar = HydrantRoot.sqlJar();
        FlinkHome home = FlinkHome.find(progress);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-demo-");
                RunningLocalStack running = RunningLocalStack.start(progress);
                DemoStreams streams = DemoStreams.create(running.localStack());
                FlinkCluster cluster = cluster(home)) {
            AnswersJob answers =
                    new AnswersJob(out, isTerminal, home, cluster, streams, folder.path());
            answers.submit(jar, running.localStack(), DemoStreams.FLIGHTS);
            if (fromLogs) {
                try (LogsInFront logs =
                        LogsInFront.start(
                                cluster,
                                running.localStack(),
                                DemoStreams.FLIGHTS,
                                out,
                                answers::say)) {
                    write(logs.log(), carried, answers);
                    await(answers);
                }
            } else {
                carry(carried, running.localStack(), answers);
                await(answers);
            }
            boolean right = answers.conclude();
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

    /** With slots for two questions more. */
    private FlinkCluster cluster(FlinkHome home) throws IOException {
        return FlinkCluster.builder(home)
                .slots(3 * parallelism)
                .set("parallelism.default", String.valueOf(parallelism))
                .set("execution.checkpointing.interval", "3 s")
                .set("jobmanager.memory.process.size", "1200m")
                .set("taskmanager.memory.process.size", "2000m")
                .progress(progress)
                .start();
    }

    private void carry(CarriedFlights carried, LocalStack localStack, AnswersJob answers)
            throws IOException, InterruptedException {
        AwsClientConfig aws = AwsClientConfig.forEndpoint(localStack.endpoint(), REGION, KEY, KEY);
        try (BatchPutter putter = StreamPutters.open(aws, DemoStreams.FLIGHTS, 0);
                Stream<ReplayRecord> records = carried.records(answers::expect)) {
            Replay.run(
                    putter,
                    ReplayPace.AS_FAST_AS_IT_GOES,
                    records.iterator(),
                    carried.count(),
                    status -> replayed(status, answers));
        }
    }

    private void write(FlightLog log, CarriedFlights carried, AnswersJob answers)
            throws IOException, InterruptedException {
        try (Stream<ReplayRecord> records = carried.records(answers::expect)) {
            log.write(records.iterator(), carried.count(), status -> replayed(status, answers));
        }
    }

    private void replayed(ReplayStatus status, AnswersJob answers) {
        replay = status;
        answers.show(status());
    }

    /** Waits until the answers are what they have to be, as long as they still change. */
    private void await(AnswersJob answers) throws IOException, InterruptedException {
        long lastChange = System.nanoTime();
        List<List<List<String>>> last = List.of();
        while (true) {
            answers.show(status());
            if (answers.areRight()) {
                return;
            }
            List<List<List<String>>> now = answers.answers();
            if (!now.equals(last)) {
                last = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STALLED.toNanos()) {
                answers.say(
                        "Nothing has changed for "
                                + STALLED.toSeconds()
                                + " s. "
                                + answers.diagnosis());
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private String status() {
        ReplayStatus put = replay;
        return String.format(
                Locale.ROOT,
                "%,d of %,d flights in the %s",
                put == null ? 0 : put.records(),
                put == null ? 0 : put.total(),
                fromLogs ? "log" : "stream");
    }
}
