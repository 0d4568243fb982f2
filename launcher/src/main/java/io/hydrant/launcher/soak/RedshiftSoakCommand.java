package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.localstack.StreamAndBucket;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;
import io.hydrant.localstack.harness.process.OwnedFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * {@code ./hydrant soak redshift}: the delivery to a double of Redshift or to PostgreSQL, on a
 * MiniCluster, staged in a bucket of LocalStack.
 */
@Command(
        name = "redshift",
        mixinStandardHelpOptions = true,
        description = {
            "Rounds of killing the delivery to Redshift on a MiniCluster.",
            "Each kills a TaskManager, the whole job (restored with another parallelism), or "
                    + "a step of a load, before or after it was carried out: an object staged, its "
                    + "line in the ledger, the queue, the manifest, each statement, COPY and COMMIT "
                    + "among them, the clean-up; by loss of the connection or of the TaskManager; "
                    + "every second round with a split or a merge of shards. Steps have their turns; "
                    + "the last lines say how many had theirs."
        })
final class RedshiftSoakCommand implements Callable<Integer> {

    private static final String STREAM = "hydrant-soak-redshift";
    private static final String BUCKET = "hydrant-soak-redshift";
    private static final String TABLE = "soak";
    private static final int SLOTS = 3;

    @Spec private CommandSpec spec;

    @Mixin private SoakOptions options;

    @Option(
            names = "--access",
            paramLabel = "A",
            defaultValue = "jdbc",
            description =
                    "How the warehouse is reached: jdbc, or data-api (the Redshift Data API); ${DEFAULT-VALUE} if not given.")
    private String access;

    @Option(
            names = "--dialect",
            paramLabel = "D",
            defaultValue = "redshift",
            description =
                    "Which warehouse it is: redshift, or postgresql; ${DEFAULT-VALUE} if not given.")
    private String dialect;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "json",
            description =
                    "What records are staged as for Redshift: json, or parquet; ${DEFAULT-VALUE} if not given.")
    private String format;

    @Option(
            names = "--tables",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many tables records are routed to, each a part of them; ${DEFAULT-VALUE} if not given.")
    private int tables;

    /** Starts a warehouse that reads staged objects at an address. */
    @FunctionalInterface
    private interface Start {
        SoakWarehouse at(URI objects) throws IOException;
    }

    @Override
    public Integer call() throws Exception {
        options.require(spec);
        if (tables < 1) {
            throw new ParameterException(spec.commandLine(), "--tables must be at least 1");
        }
        Start start = warehouse();
        PrintWriter out = spec.commandLine().getOut();
        Random random = options.random(out);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-soak-");
                RunningLocalStack running = RunningLocalStack.start(out::println);
                StreamAndBucket resources =
                        StreamAndBucket.create(running.localStack(), STREAM, BUCKET);
                KinesisClient kinesis = LocalStackClients.kinesis(running.localStack());
                SoakWarehouse warehouse = start.at(running.localStack().endpoint());
                SoakJob job = SoakJob.startCluster(folder.path(), SLOTS)) {
            SoakTables loaded = new SoakTables(TABLE, tables);
            TableNumbers numbers = new TableNumbers(warehouse.database(), loaded.names());
            numbers.create();
            Path document = folder.path().resolve("stream.json");
            warehouse.write(document, loaded, BUCKET, format.equals("parquet"));
            return options.run(
                    new DeliverySoak(
                            parallelism ->
                                    plan(
                                            running.localStack(),
                                            document,
                                            warehouse.assignments(),
                                            parallelism),
                            warehouse.faults(),
                            numbers,
                            job,
                            new Resharding(kinesis, STREAM),
                            random,
                            out),
                    out);
        }
    }

    private Start warehouse() {
        boolean isRedshift = oneOf("--dialect", dialect, "redshift", "postgresql");
        boolean isJdbc = oneOf("--access", access, "jdbc", "data-api");
        boolean isJson = oneOf("--format", format, "json", "parquet");
        if (isRedshift) {
            return isJdbc ? SoakWarehouse::redshift : SoakWarehouse::dataApi;
        }
        if (!isJdbc || !isJson) {
            throw new ParameterException(
                    spec.commandLine(),
                    (isJdbc ? "--format parquet" : "--access data-api")
                            + " is for Redshift; leave it or --dialect postgresql out");
        }
        return objects -> SoakWarehouse.postgres();
    }

    /** Whether it is the first of two. */
    private boolean oneOf(String option, String given, String first, String second) {
        if (!given.equals(first) && !given.equals(second)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " is " + given + "; it must be " + first + " or " + second);
        }
        return given.equals(first);
    }

    private static DeliveryPlan plan(
            LocalStack localStack, Path document, List<String> ofWarehouse, int parallelism) {
        List<String> assignments = new ArrayList<>(ofWarehouse);
        assignments.addAll(
                List.of(
                        "KinesisStreamSourceConfiguration.KinesisStreamARN=arn:aws:kinesis:"
                                + localStack.region()
                                + ":000000000000:stream/"
                                + STREAM,
                        "aws.endpoint=" + localStack.endpoint(),
                        "redshift.poll-interval=200 ms",
                        "source.shard.discovery.interval=1 s",
                        "parallelism=" + parallelism));
        List<String> arguments = new ArrayList<>(List.of("--config", document.toString()));
        for (String assignment : assignments) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        return DeliveryPlan.of(arguments);
    }
}
