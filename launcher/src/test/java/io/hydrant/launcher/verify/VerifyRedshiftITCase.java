package io.hydrant.launcher.verify;

import io.hydrant.launcher.FakeCorridor;
import io.hydrant.launcher.redrive.RedriveCommand;
import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;
import io.hydrant.localstack.fakes.redshift.S3StagedObjects;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A real delivery to a double of Redshift, spoiled in each way that must be found. */
class VerifyRedshiftITCase {

    private static final int RECORDS = 60;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "DeliveryStreamType": "KinesisStreamAsSource",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                "RoleARN": "arn:aws:iam::000000000000:role/orders"
              },
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::000000000000:role/orders",
                "ClusterJDBCURL": "jdbc:redshift://localhost:5439/dev",
                "CopyCommand": {"DataTableName": "orders", "CopyOptions": "JSON 'auto' GZIP"},
                "ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "AppendDelimiterToRecord"}]},
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::lake",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                  "CompressionFormat": "GZIP"
                }
              },
              "Hydrant": {
                "source.init.position": "TRIM_HORIZON",
                "redshift.user": "%s",
                "redshift.password": "%s",
                "redshift.poll-interval": "200 ms",
                "aws.credentials.provider": "BASIC",
                "aws.credentials.basic.accesskeyid": "test",
                "aws.credentials.basic.secretkey": "test"
              }
            }
            """
                    .formatted(FakeRedshift.USER, FakeRedshift.PASSWORD);

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    private S3StagedObjects objects;
    private FakeRedshift redshift;
    private String url;

    @BeforeEach
    void start() throws Exception {
        objects = S3StagedObjects.at(corridor.s3().endpoint());
        redshift = FakeRedshift.start(objects);
        url = "--set=RedshiftDestinationConfiguration.ClusterJDBCURL=" + redshift.jdbcUrl();
        run("CREATE TABLE orders (id int)");
        try (var putter = corridor.putter(2)) {
            for (int i = 0; i < RECORDS; i++) {
                putter.put("key-" + i, ("{\"id\":" + i + "}").getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    @AfterEach
    void stop() throws Exception {
        redshift.close();
        objects.close();
    }

    @Test
    void isContentWithACompleteDeliveryAndFindsWhatSpoilsIt() throws Exception {
        corridor.deliver("--set", url.substring("--set=".length()));

        assertThat(corridor.verify(url, "--redshift", "--read-back")).isZero();
        assertThat(corridor.said())
                .startsWith("LOADED: every staged object is in orders, exactly once")
                .contains("table     60 rows, 60 by its ledger")
                .contains("COMPLETE: every record of the stream was delivered exactly once");
        assertThat(corridor.run(new RedriveCommand(), url, "--from", "s3://lake/x/")).isZero();
        assertThat(corridor.said()).contains("objects   0 redriven");

        run("DELETE FROM orders WHERE id = 7");
        assertThat(corridor.verify(url)).isEqualTo(1);
        assertThat(corridor.said()).contains("orders has 59 rows, 60 by its ledger");
        assertThat(corridor.verify(url, "--ignore-row-count")).isZero();

        run("DELETE FROM orders_hydrant_ledger");
        assertThat(corridor.verify(url, "--ignore-row-count")).isEqualTo(1);
        assertThat(corridor.said())
                .contains("NOT LOADED: ", "with 60 records are neither loaded nor queued");
    }

    @Test
    void saysThatWhatIsQueuedIsPendingAndThatWhatIsLeftOutIsMissing() throws Exception {
        redshift.faults(sql -> sql.startsWith("COPY") ? Fault.diskFull() : Fault.NONE);

        whileRunning(
                "with 60 records are queued for a load", 3, "--set=redshift.retry-duration=1 h");
        assertThat(corridor.said())
                .startsWith("PENDING: some of what is staged waits to be loaded into orders")
                .contains("COMPLETE: every record of the stream was delivered exactly once");

        whileRunning(
                "was left out of the table, as s3://lake/errors/manifests/orders/",
                1,
                "--set=redshift.retry-duration=0 s",
                "--set=source.init.position=LATEST");
        assertThat(corridor.said()).startsWith("NOT LOADED: ");
    }

    /** Runs the delivery until a verification says that, and ends with that exit code. */
    private void whileRunning(String text, int exitCode, String... more) throws Exception {
        String[] arguments = Stream.concat(Stream.of(url), Stream.of(more)).toArray(String[]::new);
        JobClient job = corridor.addTo(FakeCorridor.environment(), arguments).executeAsync();
        try {
            assertThat(
                            Conditions.comeTrue(
                                    TIMEOUT,
                                    () ->
                                            corridor.verify(url) == exitCode
                                                    && corridor.said().contains(text)))
                    .as(corridor::said)
                    .isTrue();
        } finally {
            job.cancel().get();
            Conditions.until(
                    TIMEOUT, "the job to end", () -> job.getJobStatus().get().isTerminalState());
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = redshift.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
