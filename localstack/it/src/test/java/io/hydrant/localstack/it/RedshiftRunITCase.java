package io.hydrant.localstack.it;

import io.hydrant.launcher.verify.VerifyCommand;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The packed jar loads a table on a real Flink cluster: Amazon's driver and all are in it. */
@LocalStackTest
class RedshiftRunITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String JAR =
            ProjectFolder.root().resolve("jobs/delivery/target/hydrant-delivery.jar").toString();

    private static final String CONFIG =
            ProjectFolder.root().resolve("examples/flights-redshift.json").toString();

    @Test
    void loadsExactlyOnceThroughAKilledTaskManager(
            LocalStack localStack, KinesisClient kinesis, UniqueNames names) throws Exception {
        String stream = names.newStream("redshift-run", 2);
        String bucket = names.newBucket("redshift-run");
        try (S3StagedObjects objects = S3StagedObjects.at(localStack.endpoint());
                FakeRedshift redshift = FakeRedshift.start(objects);
                Connection database = redshift.database().getConnection();
                Statement statement = database.createStatement();
                FlinkCluster cluster = start()) {
            statement.execute("CREATE TABLE numbers (id int)");
            String[] arguments = arguments(localStack, redshift, stream, bucket);
            put(kinesis, stream, 0);
            String job =
                    cluster.run(
                            Stream.concat(Stream.of("-p", "2", JAR), Stream.of(arguments))
                                    .toArray(String[]::new));
            await(statement, 100, cluster, job);

            cluster.killTaskManager();
            put(kinesis, stream, 100);
            cluster.startTaskManager();
            await(statement, 200, cluster, job);

            assertThat(number(statement, "SELECT count(*) FROM numbers")).isEqualTo(200);
            assertThat(number(statement, "SELECT count(DISTINCT id) FROM numbers")).isEqualTo(200);
            StringWriter said = new StringWriter();
            int exitCode =
                    new CommandLine(new VerifyCommand())
                            .setOut(new PrintWriter(said, true))
                            .execute(
                                    Stream.concat(
                                                    Stream.of("--redshift", "--wait", "PT1M"),
                                                    Stream.of(arguments))
                                            .toArray(String[]::new));
            assertThat(exitCode).as(said::toString).isZero();
            assertThat(said.toString())
                    .contains("LOADED: every staged object is in numbers, exactly once");
        }
    }

    private static String[] arguments(
            LocalStack localStack, FakeRedshift redshift, String stream, String bucket) {
        String destination = "RedshiftDestinationConfiguration.";
        return Stream.concat(
                        Stream.of("--config", CONFIG),
                        List.of(
                                        "KinesisStreamSourceConfiguration.KinesisStreamARN=arn:aws:kinesis:"
                                                + localStack.region()
                                                + ":000000000000:stream/"
                                                + stream,
                                        destination + "ClusterJDBCURL=" + redshift.jdbcUrl(),
                                        destination + "CopyCommand.DataTableName=numbers",
                                        destination + "CopyCommand.DataTableColumns=id",
                                        destination
                                                + "S3Configuration.BucketARN=arn:aws:s3:::"
                                                + bucket,
                                        destination
                                                + "S3Configuration.BufferingHints.IntervalInSeconds=0",
                                        "aws.endpoint=" + localStack.endpoint(),
                                        "redshift.poll-interval=200 ms")
                                .stream()
                                .flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
    }

    private static void put(KinesisClient kinesis, String stream, int first) {
        List<PutRecordsRequestEntry> entries =
                IntStream.range(first, first + 100)
                        .mapToObj(
                                id ->
                                        PutRecordsRequestEntry.builder()
                                                .partitionKey("key-" + id)
                                                .data(
                                                        SdkBytes.fromUtf8String(
                                                                "{\"id\":" + id + "}"))
                                                .build())
                        .toList();
        assertThat(
                        kinesis.putRecords(r -> r.streamName(stream).records(entries))
                                .failedRecordCount())
                .isZero();
    }

    private static void await(Statement statement, long rows, FlinkCluster cluster, String job) {
        Conditions.until(
                PATIENCE,
                rows + " rows",
                () -> {
                    assertThat(cluster.rest().job(job).isOver()).isFalse();
                    return number(statement, "SELECT count(*) FROM numbers") >= rows;
                });
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static FlinkCluster start() throws Exception {
        return FlinkCluster.builder(FlinkHome.find(Progress.onStandardError()))
                .set("execution.checkpointing.interval", "500 ms")
                .set("restart-strategy.type", "fixed-delay")
                .set("restart-strategy.fixed-delay.attempts", "1000")
                .set("restart-strategy.fixed-delay.delay", "500 ms")
                .start();
    }
}
