package io.hydrant.launcher.demo;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.demo.DeliveredFlights.Delivered;
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
import io.hydrant.localstack.harness.data.Flights;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./hydrant demo}: a month of real flights through a Kinesis stream into S3 by a job on a
 * real Flink cluster, verified at the end; or into a table. Everything runs on this machine and
 * ends with the command.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Carry a month of real flights through Kinesis (LocalStack) and Flink to S3, "
                    + "and prove that each arrived exactly once.",
            "Or, with --sql, into leaderboards; or, with --redshift, into a table of a "
                    + "double of Redshift; or, with --iceberg, into a table of Iceberg."
        })
public final class DemoCommand implements Callable<Integer> {

    static final String STREAM = "hydrant-demo-flights";
    static final String BUCKET = "hydrant-demo";

    /** How long nothing may arrive before the demo says that something is wrong. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    @Spec private CommandSpec spec;

    @Option(names = "--all", description = "All twelve months, 336,776 flights, instead of one.")
    private boolean all;

    @Option(
            names = "--month",
            paramLabel = "1..12",
            defaultValue = "1",
            description = "Which month of 2013; ${DEFAULT-VALUE} if not given.")
    private int month;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parallel tasks of the job; ${DEFAULT-VALUE} if not given.")
    private int parallelism;

    @Option(
            names = "--keep",
            description = "Keep everything running after the verification, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--sql",
            description =
                    "Two leaderboards and a time series of SQL over the flights, shown while they "
                            + "change and checked at the end, instead of the delivery to S3.")
    private boolean sql;

    @Option(
            names = "--redshift",
            description =
                    "Into a table of a double of Redshift on this machine, by COPY, and then a "
                            + "question that the table answers, checked.")
    private boolean redshift;

    @Option(
            names = "--iceberg",
            description =
                    "Into a table of Iceberg on S3 instead, which PyIceberg and DuckDB are then "
                            + "asked what is in it.")
    private boolean iceberg;

    @Option(
            names = "--from-logs",
            description =
                    "Let the flights come as lines of a log that grows and is rotated, which a job "
                            + "follows by a configuration of the Kinesis Agent, and carry them to S3 "
                            + "and into the answers of --sql; with --sql into these alone.")
    private boolean fromLogs;

    @Option(
            names = "--flights",
            paramLabel = "N",
            description = "The first N flights alone; not with --redshift or --iceberg.")
    private Integer most;

    private PrintWriter out;

    @Override
    @SuppressWarnings("SystemConsoleNull") // newer Javas tell with a method that 17 lacks
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        requireRange("--month", month, 12);
        requireRange("--parallelism", parallelism, 64);
        Month[] months = all ? Month.values() : new Month[] {Month.of(month)};
        if (most != null) {
            if (redshift || iceberg) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--flights goes with --sql or alone, with no other; --month takes the flights of a month");
            }
            requireRange("--flights", most, Flights.count(months));
        }
        if ((sql ? 1 : 0) + (redshift ? 1 : 0) + (iceberg ? 1 : 0) > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--sql, --redshift and --iceberg are demos of their own; give one of them");
        }
        if (fromLogs && (redshift || iceberg)) {
            throw new ParameterException(
                    spec.commandLine(), "--from-logs goes with --sql or alone, with no other");
        }
        if (iceberg) {
            return new IcebergDemo(out, parallelism).run(months, keep) ? 0 : 1;
        }
        Progress progress = out::println;
        long begun = System.nanoTime();
        Flights flights = Datasets.ofUser(progress).flights();
        CarriedFlights carried =
                new CarriedFlights(flights, months, most == null ? Long.MAX_VALUE : most);
        boolean isTerminal = System.console() != null;
        if (sql) {
            return new SqlDemo(out, isTerminal, parallelism, fromLogs).run(carried, keep) ? 0 : 1;
        }
        if (fromLogs) {
            return new LogsDemo(out, isTerminal, parallelism).run(carried, keep) ? 0 : 1;
        }
        FlinkHome home = FlinkHome.find(progress);
        try (RunningLocalStack running = RunningLocalStack.start(progress);
                StreamAndBucket resources =
                        StreamAndBucket.create(running.localStack(), STREAM, BUCKET);
                DemoWarehouse warehouse =
                        redshift ? DemoWarehouse.start(running.localStack(), out) : null;
                FlinkCluster cluster = cluster(home, progress)) {
            DeliveryJob job =
                    DeliveryJob.submit(cluster, jobArguments(running.localStack(), warehouse), out);
            boolean complete;
            try (DeliveredFlights delivered = new DeliveredFlights(job.plan())) {
                carry(carried, cluster, job, delivered);
                complete =
                        warehouse == null
                                ? job.prove(carried.count(), delivered)
                                : warehouse.prove(job.plan(), flights, months);
            }
            out.printf(
                    Locale.ROOT,
                    "%nDone in %d s. While it runs: Flink's web UI %s, bucket s3://%s at %s%n",
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                    cluster.webUi(),
                    BUCKET,
                    running.localStack().endpoint());
            if (warehouse != null) {
                out.println("The table: " + warehouse.psql());
            }
            if (keep) {
                out.println("It all keeps running (--keep); Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
            out.println("Cleaning up …");
            return complete ? 0 : 1;
        }
    }

    private void requireRange(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; it must be from 1 to " + max);
        }
    }

    private FlinkCluster cluster(FlinkHome home, Progress progress) throws IOException {
        return FlinkCluster.builder(home)
                .slots(parallelism)
                .set("execution.checkpointing.interval", "3 s")
                .set("jobmanager.memory.process.size", "1200m")
                .set("taskmanager.memory.process.size", "1600m")
                .progress(progress)
                .start();
    }

    private List<String> jobArguments(LocalStack localStack, DemoWarehouse warehouse) {
        if (warehouse == null) {
            return DeliveryJob.arguments("flights.json", localStack, parallelism);
        }
        List<String> arguments =
                DeliveryJob.arguments("flights-redshift.json", localStack, parallelism);
        arguments.addAll(warehouse.arguments());
        return arguments;
    }

    private void carry(
            CarriedFlights carried,
            FlinkCluster cluster,
            DeliveryJob job,
            DeliveredFlights delivered)
            throws IOException, InterruptedException {
        long total = carried.count();
        DeliveryPlan plan = job.plan();
        LiveProgress live = new LiveProgress(out, total, cluster, job.id(), delivered);
        try (BatchPutter putter = StreamPutters.open(plan.sourceAws(), STREAM, 0);
                Stream<ReplayRecord> records = carried.records()) {
            ReplayStatus end =
                    Replay.run(
                            putter,
                            ReplayPace.AS_FAST_AS_IT_GOES,
                            records.iterator(),
                            total,
                            live::replayed);
            out.printf(
                    Locale.ROOT,
                    "All are in the stream. The last objects wait for more until they are %d s old …%n",
                    plan.sink().buffer().interval().toSeconds());
            awaitDelivery(end.records(), live);
        }
    }

    private void awaitDelivery(long records, LiveProgress live)
            throws IOException, InterruptedException {
        long lastRecords = -1;
        long lastChange = System.nanoTime();
        while (true) {
            Delivered delivered = live.tell();
            if (delivered.records() >= records) {
                return;
            }
            if (delivered.records() != lastRecords) {
                lastRecords = delivered.records();
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STALLED.toNanos()) {
                throw new IOException(
                        "Nothing was delivered for "
                                + STALLED.toSeconds()
                                + " s. "
                                + live.diagnosis());
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
