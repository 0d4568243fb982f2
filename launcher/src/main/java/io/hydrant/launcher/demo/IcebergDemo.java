package io.hydrant.launcher.demo;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.demo.IcebergAnswers.Read;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.localstack.StreamAndBucket;
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
import io.hydrant.localstack.harness.iceberg.IcebergJars;
import io.hydrant.localstack.harness.iceberg.TableReader;
import io.hydrant.localstack.harness.process.OwnedFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./hydrant demo --iceberg}: real flights through a Kinesis stream into a table of Iceberg
 * on S3, and then three queries over it, answered by readers that share no code with what wrote it
 * and compared with what plain Java makes of the same flights.
 *
 * <pre>
 *   flights ─> Kinesis ─> hydrant-delivery.jar ─> demo.flights ─> PyIceberg, DuckDB
 * </pre>
 */
final class IcebergDemo {

    /** How long nothing may arrive before the demo says that something is wrong. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    /** Names as the web UI has them, without dots. */
    private static final String COMMITTED = "DeliveryToIceberg_SuccessfulRowCount";

    private static final String COMMITS = "DeliveryToIceberg_Commits";

    private final PrintWriter out;
    private final int parallelism;
    private final Progress progress;
    private final ExpectedAnswers expected = new ExpectedAnswers();
    private String told = "";

    /**
     * A demo.
     *
     * @param parallelism parallel tasks of the job
     */
    IcebergDemo(PrintWriter out, int parallelism) {
        this.out = out;
        this.parallelism = parallelism;
        this.progress = out::println;
    }

    /**
     * Runs it.
     *
     * @param months whose flights
     * @param keep whether all keeps running at the end
     * @return whether every flight is in the table once, and the answers are right
     */
    boolean run(Month[] months, boolean keep) throws Exception {
        long begun = System.nanoTime();
        Flights flights = Datasets.ofUser(progress).flights();
        FlinkHome home = FlinkHome.find(progress);
        IcebergJars jars = IcebergJars.find(HydrantRoot.folder(), progress);
        TableReader reader = TableReader.find(progress);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-demo-");
                RunningLocalStack running = RunningLocalStack.start(progress);
                StreamAndBucket resources =
                        StreamAndBucket.create(
                                running.localStack(), DemoCommand.STREAM, DemoCommand.BUCKET);
                FlinkCluster cluster = cluster(home, jars)) {
            IcebergAnswers answers =
                    new IcebergAnswers(
                            reader, running.localStack(), folder.path().resolve("catalog.db"));
            String job = submit(cluster, running.localStack(), answers);
            long total = Flights.count(months);
            DeliveryPlan plan = DeliveryPlan.of(arguments(running.localStack(), answers));
            carry(plan, flights, months, total, cluster, job);
            boolean right = judge(answers, total);
            out.printf(
                    Locale.ROOT,
                    "%nDone in %d s. While it runs: Flink's web UI %s, table %s in s3://%s at %s%n",
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                    cluster.webUi(),
                    IcebergAnswers.TABLE,
                    DemoCommand.BUCKET,
                    running.localStack().endpoint());
            if (keep) {
                out.println(answers.howToRead());
                out.println("It all keeps running (--keep); Ctrl-C ends it.");
                out.flush();
                new CountDownLatch(1).await();
            }
            out.println("Cleaning up …");
            return right;
        }
    }

    private FlinkCluster cluster(FlinkHome home, IcebergJars jars) throws IOException {
        return FlinkCluster.builder(home)
                .libraries(jars.ofFlink())
                .slots(parallelism)
                .set("execution.checkpointing.interval", "5 s")
                .set("jobmanager.memory.process.size", "1200m")
                .set("taskmanager.memory.process.size", "2000m")
                .progress(progress)
                .start();
    }

    private List<String> arguments(LocalStack localStack, IcebergAnswers answers) {
        return List.of(
                "--config",
                HydrantRoot.exampleConfig("flights-iceberg.json").toString(),
                "--set",
                "aws.endpoint=" + localStack.endpoint(),
                "--set",
                "iceberg.catalog.uri=" + answers.catalogUri(),
                "--set",
                "iceberg.catalog.properties=" + answers.fileProperties(),
                "--set",
                "parallelism=" + parallelism);
    }

    private String submit(FlinkCluster cluster, LocalStack localStack, IcebergAnswers answers)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(HydrantRoot.deliveryJar().toString()));
        words.addAll(arguments(localStack, answers));
        out.printf(
                "%n$ flink run -d hydrant-delivery.jar --config %s …%n%n",
                HydrantRoot.exampleConfig("flights-iceberg.json"));
        String job = cluster.run(words.toArray(String[]::new));
        cluster.awaitRunning(job);
        return job;
    }

    private void carry(
            DeliveryPlan plan,
            Flights flights,
            Month[] months,
            long total,
            FlinkCluster cluster,
            String job)
            throws IOException, InterruptedException {
        ReplayStatus end;
        try (BatchPutter putter = StreamPutters.open(plan.sourceAws(), DemoCommand.STREAM, 0);
                Stream<Flight> stream = flights.stream(months)) {
            end =
                    Replay.run(
                            putter,
                            ReplayPace.AS_FAST_AS_IT_GOES,
                            stream.map(this::taken).map(ReplayRecord::of).iterator(),
                            total,
                            status -> tell(cluster, job, status));
        }
        long last = -1;
        long lastChange = System.nanoTime();
        while (last < end.records()) {
            long now = tell(cluster, job, end);
            if (now != last) {
                last = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STALLED.toNanos()) {
                throw new IOException(
                        "Nothing was committed for "
                                + STALLED.toSeconds()
                                + " s. The job is "
                                + cluster.rest().job(job).state()
                                + ". "
                                + cluster.rest().lastFailure(job)
                                + "\nThe end of Flink's logs:\n"
                                + cluster.logTail());
            }
            TimeUnit.SECONDS.sleep(1);
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

    /** Prints how far the flights have come, and returns how many are in the table. */
    private synchronized long tell(FlinkCluster cluster, String job, ReplayStatus put) {
        try {
            long rows = (long) cluster.rest().metrics(job, name -> name.endsWith(COMMITTED)).sum();
            long commits = (long) cluster.rest().metrics(job, name -> name.endsWith(COMMITS)).sum();
            String line =
                    String.format(
                            Locale.ROOT,
                            "in %,7d of %,d (%.2f MB/s) | in the table %,7d by %,d commits",
                            put.records(),
                            put.total(),
                            put.megabytesPerSecond(),
                            rows,
                            commits);
            if (!line.equals(told)) {
                told = line;
                out.println(line);
                out.flush();
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean judge(IcebergAnswers answers, long total) throws IOException {
        boolean right = true;
        for (TableReader.Engine engine : TableReader.Engine.values()) {
            Read read = answers.read(engine);
            boolean each = read.rows() == total && read.flights() == total;
            boolean agrees = read.agrees(expected);
            out.printf(
                    Locale.ROOT,
                    "%n%-9s %,d rows, %,d different flights in them of %,d in the stream: %s; its answers are%s what plain Java makes of the same flights%n",
                    engine,
                    read.rows(),
                    read.flights(),
                    total,
                    each ? "each exactly once" : "NOT each exactly once",
                    agrees ? "" : " NOT");
            if (engine == TableReader.Engine.DUCKDB) {
                for (Answer answer : List.of(Answer.BUSIEST_AIRPORTS, Answer.LATEST_CARRIERS)) {
                    AnswerScreen.table(answer, read.answer(answer), Integer.MAX_VALUE)
                            .forEach(out::println);
                }
            }
            right &= each && agrees;
        }
        return right;
    }
}
