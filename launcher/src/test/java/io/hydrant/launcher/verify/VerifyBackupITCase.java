package io.hydrant.launcher.verify;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A delivery with a backup beside it, whose job fails again and again on the way. */
class VerifyBackupITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int RECORDS = 60;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private FakeKinesis kinesis;
    private FakeS3 s3;
    private S3Client objects;

    @BeforeEach
    void start() throws Exception {
        kinesis = FakeKinesis.start();
        s3 = FakeS3.start();
        objects = AwsClients.create(S3Client.builder().forcePathStyle(true), at(s3.endpoint()));
        for (String bucket : List.of("lake", "vault")) {
            objects.createBucket(request -> request.bucket(bucket));
        }
        try (BatchPutter putter = StreamPutters.open(at(kinesis.endpoint()), "orders", 2)) {
            for (int i = 0; i < RECORDS; i++) {
                putter.put("key-" + i, raw(i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    @AfterEach
    void close() {
        objects.close();
        s3.close();
        kinesis.close();
    }

    @Test
    void keepsEveryRecordAsItCameOnceBesideWhatBecameOfIt() throws Exception {
        // Some of these calls are the delivery's, some the backup's, some the ledger's.
        for (int passing : new int[] {1, 3, 4}) {
            s3.faults().after("PutObject", passing, 1, Fault.refuse(403, "AccessDenied", "no"));
        }
        JobClient job = submit();
        try {
            assertThat(Conditions.comeTrue(TIMEOUT, () -> verify("--read-back") == 0))
                    .as(out::toString)
                    .isTrue();
        } finally {
            job.cancel().get();
        }

        assertThat(s3.faults().outstanding()).isZero();
        assertThat(lines("lake", "orders/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS)
                                .boxed()
                                .flatMap(i -> List.of(json("a", i), json("b", i)).stream())
                                .toList());
        assertThat(lines("vault", "raw/"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(VerifyBackupITCase::raw).toList());
        assertThat(out.toString())
                .startsWith("COMPLETE")
                .contains("\nbackup\nCOMPLETE")
                .contains("delivered 60 records in ");

        String key = s3.keys("vault").get(0);
        objects.deleteObject(request -> request.bucket("vault").key(key));
        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString())
                .contains("s3://vault/" + key + " is in the ledger and not in the bucket");
        assertThat(verify("--set", "ledger.prefix=no/such/ledger/")).isEqualTo(3);
        assertThat(out.toString()).contains("\nbackup\nPENDING");
    }

    private JobClient submit() throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(DeliveryPlan.of(arguments())).addTo(env);
        return env.executeAsync();
    }

    private int verify(String... more) throws IOException {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> arguments() throws IOException {
        Path file = folder.resolve("orders.json");
        Files.writeString(
                file,
                """
                {
                  "DeliveryStreamName": "orders",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                    "RoleARN": "arn:aws:iam::000000000000:role/orders"
                  },
                  "ExtendedS3DestinationConfiguration": {
                    "RoleARN": "arn:aws:iam::000000000000:role/orders",
                    "BucketARN": "arn:aws:s3:::lake",
                    "Prefix": "orders/",
                    "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                    "ProcessingConfiguration": {"Enabled": true, "Processors": [
                      {"Type": "RecordDeAggregation",
                       "Parameters": [{"ParameterName": "SubRecordType", "ParameterValue": "JSON"}]},
                      {"Type": "AppendDelimiterToRecord"}]},
                    "S3BackupMode": "Enabled",
                    "S3BackupConfiguration": {
                      "RoleARN": "arn:aws:iam::000000000000:role/orders",
                      "BucketARN": "arn:aws:s3:::vault",
                      "Prefix": "raw/",
                      "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                      "CompressionFormat": "GZIP"
                    }
                  },
                  "Hydrant": {
                    "backup.append-newline": true,
                    "source.init.position": "TRIM_HORIZON",
                    "aws.credentials.provider": "BASIC",
                    "aws.credentials.basic.accesskeyid": "test",
                    "aws.credentials.basic.secretkey": "test"
                  }
                }
                """);
        return List.of(
                "--config",
                file.toString(),
                "--set",
                "kinesis.endpoint=" + kinesis.endpoint(),
                "--set",
                "s3.endpoint=" + s3.endpoint());
    }

    private List<String> lines(String bucket, String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String key : s3.keys(bucket)) {
            if (key.startsWith(prefix)) {
                byte[] stored =
                        objects.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
                byte[] content =
                        key.endsWith(".gz")
                                ? new GZIPInputStream(new ByteArrayInputStream(stored))
                                        .readAllBytes()
                                : stored;
                new String(content, StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines;
    }

    private static String raw(int i) {
        return json("a", i) + json("b", i);
    }

    private static String json(String name, int i) {
        return "{\"" + name + "\":" + i + "}";
    }

    private static AwsClientConfig at(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "us-east-1", "test", "test");
    }
}
