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
import io.hydrant.localstack.harness.data.Datasets;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.data.Flights;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.process.OwnedFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Month;
import java.util.Iterator;
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

    private static final String EMULATOR = "http://localhost:4566";
    private static final String REGION = "us-east-1";
    private static final String KEY = "test";

    private final PrintWriter out;
    private final int parallelism;
    private final boolean fromLogs;
    private final Progress progress;
    private final ExpectedAnswers expected = new ExpectedAnswers();
    private final AnswerScreen screen;
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
        this.parallelism = parallelism;
        this.fromLogs = fromLogs;
        this.progress = out::println;
        this.screen = new AnswerScreen(out, isTerminal);
    }

    /**
     * Runs it.
     *
     * @param months whose flights
     * @param most how many of them
     * @param keep whether all keeps running at the end
     * @return whether the answers are right
     */
    boolean run(Month[] months, long most, boolean keep) throws Exception {
        Path jar = HydrantRoot.sqlJar();
        Flights flights = Datasets.ofUser(progress).flights();
        FlinkHome home = FlinkHome.find(progress);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-demo-");
                RunningLocalStack running = RunningLocalStack.start(progress);
                DemoStreams streams = DemoStreams.create(running.localStack());
                FlinkCluster cluster = cluster(home)) {
            Path tables =
                    Files.writeString(
                            folder.path().resolve("tables.sql"), tables(running.localStack()));
            String job = submit(cluster, jar, tables);
            sayHowToSelect(home, cluster, tables);
            boolean right;
            if (fromLogs) {
                try (LogsInFront logs =
                        LogsInFront.start(
                                cluster, running.localStack(), DemoStreams.FLIGHTS, out)) {
                    write(logs.log(), flights, months, most, streams);
                    right = await(cluster, job, streams);
                }
            } else {
                carry(flights, months, most, running.localStack(), streams);
                right = await(cluster, job, streams);
            }
            screen.end(streams);
            out.println(
                    right
                            ? "\nAll three are what plain Java makes of the same flights."
                            : "\nThese are NOT what plain Java makes of the same flights, which is:");
            if (!right) {
                for (Answer answer : Answer.values()) {
                    AnswerScreen.table(answer, expected.rows(answer), Integer.MAX_VALUE)
                            .forEach(out::println);
                }
            }
            if (keep) {
                sayHowToSelect(home, cluster, tables);
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

    private static String tables(LocalStack localStack) throws IOException {
        String flights =
                Files.readString(HydrantRoot.script("tables/kinesis/flights.sql"))
                        .replace("stream/flights", "stream/" + DemoStreams.FLIGHTS);
        return (flights + "\n" + Files.readString(HydrantRoot.script("demo/answers.sql")))
                .replace(EMULATOR, localStack.endpoint().toString());
    }

    private String submit(FlinkCluster cluster, Path jar, Path tables) throws IOException {
        Path questions = HydrantRoot.script("demo/questions.sql");
        out.printf(
                "%n$ flink run -d hydrant-sql.jar --script %s --script %s%n%n", tables, questions);
        String job =
                cluster.run(
                        jar.toString(),
                        "--script",
                        tables.toUri().toString(),
                        "--script",
                        questions.toUri().toString());
        cluster.awaitRunning(job);
        return job;
    }

    private void sayHowToSelect(FlinkHome home, FlinkCluster cluster, Path tables) {
        out.printf(
                "From another terminal, while it runs (web UI: %s):%n%n"
                        + "    FLINK_CONF_DIR=%s %s -j %s -i %s%n"
                        + "    Flink SQL> SELECT * FROM %s;%n%n",
                cluster.webUi(),
                cluster.configuration(),
                home.program("sql-client.sh"),
                HydrantRoot.sqlBundle().toUri(),
                tables.toUri(),
                Answer.LATEST_CARRIERS.table());
        out.flush();
    }

    private void carry(
            Flights flights, Month[] months, long most, LocalStack localStack, DemoStreams answers)
            throws IOException, InterruptedException {
        long total = Math.min(most, Flights.count(months));
        AwsClientConfig aws = AwsClientConfig.forEndpoint(localStack.endpoint(), REGION, KEY, KEY);
        try (BatchPutter putter = StreamPutters.open(aws, DemoStreams.FLIGHTS, 0);
                Stream<Flight> stream = flights.stream(months)) {
            Iterator<ReplayRecord> records =
                    stream.limit(most).map(this::taken).map(ReplayRecord::of).iterator();
            Replay.run(
                    putter,
                    ReplayPace.AS_FAST_AS_IT_GOES,
                    records,
                    total,
                    status -> {
                        replay = status;
                        show(answers);
                    });
        }
    }

    private void write(
            FlightLog log, Flights flights, Month[] months, long most, DemoStreams answers)
            throws IOException, InterruptedException {
        try (Stream<Flight> stream = flights.stream(months)) {
            log.write(
                    stream.limit(most).map(this::taken).map(ReplayRecord::of).iterator(),
                    Math.min(most, Flights.count(months)),
                    status -> {
                        replay = status;
                        show(answers);
                    });
        }
    }

    private Flight taken(Flight flight) {
        try {
            expected.add(flight.json());
            return flight;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the answers are what they have to be, as long as they still change. */
    private boolean await(FlinkCluster cluster, String job, DemoStreams answers)
            throws IOException, InterruptedException {
        long lastChange = System.nanoTime();
        List<List<List<String>>> last = List.of();
        while (true) {
            show(answers);
            List<List<List<String>>> now = Stream.of(Answer.values()).map(answers::rows).toList();
            if (now.equals(Stream.of(Answer.values()).map(expected::rows).toList())) {
                return true;
            }
            if (!now.equals(last)) {
                last = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STALLED.toNanos()) {
                out.printf(
                        "Nothing has changed for %d s. The job is %s. %s%n",
                        STALLED.toSeconds(),
                        cluster.rest().job(job).state(),
                        cluster.rest().lastFailure(job));
                return false;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private synchronized void show(DemoStreams answers) {
        try {
            answers.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        screen.show(status(answers), answers);
    }

    private String status(DemoStreams answers) {
        long counted =
                answers.rows(Answer.DEPARTURES_BY_DAY).stream()
                        .mapToLong(day -> Long.parseLong(day.get(1)) + Long.parseLong(day.get(2)))
                        .sum();
        ReplayStatus put = replay;
        return String.format(
                Locale.ROOT,
                "%,d of %,d flights in the %s, %,d in the answers",
                put == null ? 0 : put.records(),
                put == null ? 0 : put.total(),
                fromLogs ? "log" : "stream",
                counted);
    }
}
