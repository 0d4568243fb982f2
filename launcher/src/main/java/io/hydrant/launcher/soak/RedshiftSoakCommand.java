package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.localstack.StreamAndBucket;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * {@code ./hydrant soak redshift}: the delivery to a double of Redshift, on a MiniCluster, staged
 * in a bucket of LocalStack.
 */
@Command(
        name = "redshift",
        mixinStandardHelpOptions = true,
        description = {
            "Rounds of killing the delivery to Redshift on a MiniCluster: a TaskManager, the whole job",
            "(restored with another parallelism), or a statement of a load, before or after the warehouse",
            "carried it out, by loss of the connection or of the TaskManager; every second round with a",
            "split or a merge of shards. Statements have their turns, so 60 rounds reach each of them."
        })
final class RedshiftSoakCommand implements Callable<Integer> {

    private static final String STREAM = "hydrant-soak-redshift";
    private static final String BUCKET = "hydrant-soak-redshift";
    private static final String TABLE = "soak";
    private static final int SLOTS = 3;

    @Spec private CommandSpec spec;

    @Mixin private SoakOptions options;

    @Override
    public Integer call() throws Exception {
        options.require(spec);
        PrintWriter out = spec.commandLine().getOut();
        Random random = options.random(out);
        Path folder = Files.createTempDirectory("hydrant-soak");
        try (RunningLocalStack running = RunningLocalStack.start(out::println);
                StreamAndBucket resources =
                        StreamAndBucket.create(running.localStack(), STREAM, BUCKET);
                KinesisClient kinesis = LocalStackClients.kinesis(running.localStack());
                S3StagedObjects objects = S3StagedObjects.at(running.localStack().endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                SoakJob job = SoakJob.startCluster(folder, SLOTS)) {
            TableNumbers numbers = new TableNumbers(redshift);
            numbers.create(TABLE);
            return options.run(
                    new DeliverySoak(
                            parallelism -> plan(running.localStack(), redshift, parallelism),
                            WarehouseFault.of(redshift),
                            numbers,
                            job,
                            new Resharding(kinesis, STREAM),
                            random,
                            out),
                    out);
        } finally {
            SoakOptions.delete(folder);
        }
    }

    private static DeliveryPlan plan(
            LocalStack localStack, FakeRedshift redshift, int parallelism) {
        String destination = "RedshiftDestinationConfiguration.";
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--config",
                                HydrantRoot.exampleConfig("flights-redshift.json").toString()));
        for (String assignment :
                List.of(
                        "KinesisStreamSourceConfiguration.KinesisStreamARN=arn:aws:kinesis:"
                                + localStack.region()
                                + ":000000000000:stream/"
                                + STREAM,
                        destination + "ClusterJDBCURL=" + redshift.jdbcUrl(),
                        destination + "CopyCommand.DataTableName=" + TABLE,
                        destination + "CopyCommand.DataTableColumns=number",
                        destination + "S3Configuration.BucketARN=arn:aws:s3:::" + BUCKET,
                        destination + "S3Configuration.BufferingHints.IntervalInSeconds=1",
                        "aws.endpoint=" + localStack.endpoint(),
                        "redshift.poll-interval=200 ms",
                        "source.shard.discovery.interval=1 s",
                        "parallelism=" + parallelism)) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        return DeliveryPlan.of(arguments);
    }
}
