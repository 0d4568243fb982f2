package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
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

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** {@code ./hydrant soak}: failures in rounds, and the balance at the end. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Kill and restore, again and again, and count what is lost or doubled.",
        synopsisSubcommandLabel = "delivery | redshift | iceberg | source",
        subcommands = {
            SoakCommand.Delivery.class,
            RedshiftSoakCommand.class,
            IcebergSoakCommand.class,
            SourceSoakCommand.class
        })
public final class SoakCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to soak: delivery, redshift, iceberg or source");
    }

    /**
     * The delivery to S3, on a MiniCluster, between a Kinesis stream and a bucket of LocalStack.
     */
    @Command(
            name = "delivery",
            mixinStandardHelpOptions = true,
            description = {
                "Rounds of killing the delivery to S3 on a MiniCluster.",
                "Each kills a TaskManager, the whole job (restored with another parallelism), or "
                        + "a call to S3 before or after it took effect; every fourth round with a split "
                        + "or a merge of shards."
            })
    static final class Delivery implements Callable<Integer> {

        private static final String STREAM = "hydrant-soak";
        private static final String BUCKET = "hydrant-soak";
        private static final int SLOTS = 3;

        @Spec private CommandSpec spec;

        @Mixin private SoakOptions options;

        @Option(
                names = "--format",
                paramLabel = "F",
                defaultValue = "plain",
                description =
                        "What is made of records: plain, gz, zip, snappy, hsnappy, zstd, parquet, lambda (through a function that fails now and then) partitioned (a prefix for each of many groups) or small (likewise, of objects that are staged together); ${DEFAULT-VALUE} if not given.")
        private String format;

        @Override
        public Integer call() throws Exception {
            options.require(spec);
            SoakFormat made = format();
            PrintWriter out = spec.commandLine().getOut();
            Random random = options.random(out);
            try (OwnedFolder folder = OwnedFolder.create("hydrant-soak-");
                    RunningLocalStack running = RunningLocalStack.start(out::println);
                    StreamAndBucket resources =
                            StreamAndBucket.create(running.localStack(), STREAM, BUCKET);
                    KinesisClient kinesis = LocalStackClients.kinesis(running.localStack());
                    SoakFunction function =
                            made == SoakFormat.LAMBDA ? SoakFunction.start() : null;
                    SoakJob job =
                            SoakJob.startCluster(folder.path(), SLOTS, made.checkpointInterval())) {
                List<String> assignments = new ArrayList<>(made.assignments());
                if (function != null) {
                    assignments.addAll(function.assignments());
                }
                return options.run(
                        new DeliverySoak(
                                parallelism -> plan(running.localStack(), parallelism, assignments),
                                made.faults(),
                                new BucketNumbers(),
                                job,
                                new Resharding(kinesis, STREAM),
                                random,
                                out),
                        out);
            }
        }

        private SoakFormat format() {
            try {
                return SoakFormat.of(format);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }

        private static DeliveryPlan plan(
                LocalStack localStack, int parallelism, List<String> ofFormat) {
            String destination = "ExtendedS3DestinationConfiguration.";
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "--config",
                                    HydrantRoot.exampleConfig("flights.json").toString()));
            List<String> assignments = new ArrayList<>(ofFormat);
            assignments.addAll(
                    List.of(
                            "KinesisStreamSourceConfiguration.KinesisStreamARN=arn:aws:kinesis:"
                                    + localStack.region()
                                    + ":000000000000:stream/"
                                    + STREAM,
                            destination + "BucketARN=arn:aws:s3:::" + BUCKET,
                            "aws.endpoint=" + localStack.endpoint(),
                            "source.shard.discovery.interval=1 s",
                            "parallelism=" + parallelism));
            for (String assignment : assignments) {
                arguments.add("--set");
                arguments.add(assignment);
            }
            return DeliveryPlan.of(arguments);
        }
    }
}
