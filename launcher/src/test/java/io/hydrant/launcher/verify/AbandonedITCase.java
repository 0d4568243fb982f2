package io.hydrant.launcher.verify;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bounded runs over a stream and over an archive, from and to servers in memory, and their proof.
 */
class AbandonedITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

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
        objects =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        emulated(s3.endpoint().toString()));
        objects.createBucket(request -> request.bucket("lake"));
    }

    @AfterEach
    void stop() {
        objects.close();
        s3.close();
        kinesis.close();
    }

    @Test
    void removesWhatADeadJobLeftAndNothingThatASavepointNeeds() throws Exception {
        put();
        String savepoint = stopWithSavepoint();
        assertThat(s3.openUploads("lake")).hasSize(1);
        String dead = "orders/2026/01/27/00/orders-1-2026-01-27-00-00-00-" + UUID.randomUUID();
        String foreign = "orders/2026/01/27/00/other-1-2026-01-27-00-00-00-" + UUID.randomUUID();
        begin(dead);
        begin(foreign);
        String deadRows = "_hydrant/segments/orders/" + UUID.randomUUID();
        String foreignRows = "_hydrant/segments/other/" + UUID.randomUUID();
        stage(deadRows);
        stage(foreignRows);

        assertThat(verify("--abandoned", "--checkpoint", savepoint)).isZero();
        assertThat(out.toString())
                .contains(
                        "left      3 uploads and segments unfinished: 1 referred to (1 checkpoints read), 2 younger than PT1H, 0 abandoned");
        String[] now = {"--abandoned", "--checkpoint", savepoint, "--older-than", "PT0S"};
        assertThat(verify(now)).isEqualTo(1);
        assertThat(out.toString())
                .contains("1 referred to (1 checkpoints read), 0 younger than PT0S, 2 abandoned")
                .contains("s3://lake/" + dead + ", begun ", "s3://lake/" + deadRows + ", begun ");
        assertThat(s3.openUploads("lake")).hasSize(3);

        assertThat(
                        verify(
                                Stream.concat(Stream.of(now), Stream.of("--remove"))
                                        .toArray(String[]::new)))
                .isZero();
        assertThat(out.toString()).contains("removed   2");
        assertThat(keys("_hydrant/segments/")).containsExactly(foreignRows);
        assertThat(s3.openUploads("lake")).hasSize(2).contains(foreign).doesNotContain(dead);

        goOnFrom(savepoint);
        assertThat(verify("--read-back")).as(out::toString).isZero();
        assertThat(s3.openUploads("lake")).containsExactly(foreign);
    }

    @Test
    void withoutTheSavepointItsUploadIsAbandoned() throws Exception {
        put();
        stopWithSavepoint();

        assertThat(verify("--abandoned")).isZero();
        assertThat(out.toString()).contains("1 younger than PT168H, 0 abandoned");
        assertThat(verify("--abandoned", "--older-than", "PT0S")).isEqualTo(1);
        assertThat(verify("--abandoned", "--remove")).isEqualTo(2);
        assertThat(out.toString()).contains("--remove needs --checkpoint");
    }

    /** More than a part of what does not compress. */
    private void put() throws Exception {
        Random random = new Random(7);
        try (var putter =
                StreamPutters.open(emulated(kinesis.endpoint().toString()), "orders", 1)) {
            for (int i = 0; i < 7; i++) {
                byte[] order = new byte[900_000];
                random.nextBytes(order);
                putter.put("key-" + i, order);
                putter.flush();
            }
        }
    }

    private void begin(String key) {
        objects.createMultipartUpload(request -> request.bucket("lake").key(key));
    }

    private void stage(String key) {
        objects.putObject(request -> request.bucket("lake").key(key), RequestBody.fromString("x"));
    }

    private List<String> keys(String prefix) {
        return objects
                .listObjectsV2(request -> request.bucket("lake").prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(config);
    }

    private String stopWithSavepoint() throws Exception {
        StreamExecutionEnvironment env = environment();
        DeliveryPipeline.of(DeliveryPlan.of(arguments())).addTo(env);
        JobClient job = env.executeAsync();
        assertThat(Conditions.comeTrue(TIMEOUT, () -> !s3.openUploads("lake").isEmpty())).isTrue();
        return job.stopWithSavepoint(
                        false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);
    }

    /** With hints that are met at once. */
    private void goOnFrom(String savepoint) throws Exception {
        Configuration config = new Configuration();
        config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment env = environment();
        env.configure(config);
        String hints =
                "ExtendedS3DestinationConfiguration.BufferingHints={\"SizeInMBs\":64,\"IntervalInSeconds\":0}";
        DeliveryPipeline.of(
                        DeliveryPlan.of(
                                Stream.concat(arguments().stream(), Stream.of("--set", hints))
                                        .toList()))
                .addTo(env);
        JobClient job = env.executeAsync();
        try {
            assertThat(Conditions.comeTrue(TIMEOUT, () -> verify() == 0))
                    .as(out::toString)
                    .isTrue();
        } finally {
            job.cancel().get(60, TimeUnit.SECONDS);
        }
    }

    private int verify(String... more) throws IOException {
        return run(new VerifyCommand(), more);
    }

    private int run(Object command, String... more) throws IOException {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        return new CommandLine(command)
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
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
                  },
                  "ExtendedS3DestinationConfiguration": {
                    "BucketARN": "arn:aws:s3:::lake",
                    "Prefix": "orders/",
                    "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 900},
                    "ProcessingConfiguration": {"Enabled": true, "Processors": [
                      {"Type": "AppendDelimiterToRecord"}]}
                  },
                  "Hydrant": {
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

    private static AwsClientConfig emulated(String endpoint) {
        return AwsClientConfig.forEndpoint(
                java.net.URI.create(endpoint), "us-east-1", "test", "test");
    }
}
