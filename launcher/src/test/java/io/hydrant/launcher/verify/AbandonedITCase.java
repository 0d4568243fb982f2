package io.hydrant.launcher.verify;

import io.hydrant.launcher.FakeCorridor;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What jobs leave unfinished in a bucket, with and without a savepoint that refers to it. */
class AbandonedITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private static final String DOCUMENT =
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
            """;

    @RegisterExtension static final MiniClusterExtension CLUSTER = FakeCorridor.cluster();

    @RegisterExtension final FakeCorridor corridor = new FakeCorridor(DOCUMENT, "lake");

    @Test
    void removesWhatADeadJobLeftAndNothingThatASavepointNeeds() throws Exception {
        put();
        String savepoint = stopWithSavepoint();
        assertThat(corridor.s3().openUploads("lake")).hasSize(1);
        String dead = "orders/2026/01/27/00/orders-1-2026-01-27-00-00-00-" + UUID.randomUUID();
        String foreign = "orders/2026/01/27/00/other-1-2026-01-27-00-00-00-" + UUID.randomUUID();
        begin(dead);
        begin(foreign);
        String deadRows = "_hydrant/segments/orders/" + UUID.randomUUID();
        String foreignRows = "_hydrant/segments/other/" + UUID.randomUUID();
        stage(deadRows);
        stage(foreignRows);

        assertThat(corridor.verify("--abandoned", "--checkpoint", savepoint)).isZero();
        assertThat(corridor.said())
                .contains(
                        "left      3 uploads and segments unfinished: 1 referred to (1 checkpoints read), 2 younger than PT1H, 0 abandoned");
        String[] now = {"--abandoned", "--checkpoint", savepoint, "--older-than", "PT0S"};
        assertThat(corridor.verify(now)).isEqualTo(1);
        assertThat(corridor.said())
                .contains("1 referred to (1 checkpoints read), 0 younger than PT0S, 2 abandoned")
                .contains("s3://lake/" + dead + ", begun ", "s3://lake/" + deadRows + ", begun ");
        assertThat(corridor.s3().openUploads("lake")).hasSize(3);

        assertThat(
                        corridor.verify(
                                Stream.concat(Stream.of(now), Stream.of("--remove"))
                                        .toArray(String[]::new)))
                .isZero();
        assertThat(corridor.said()).contains("removed   2");
        assertThat(corridor.keys("_hydrant/segments/")).containsExactly(foreignRows);
        assertThat(corridor.s3().openUploads("lake"))
                .hasSize(2)
                .contains(foreign)
                .doesNotContain(dead);

        goOnFrom(savepoint);
        assertThat(corridor.verify("--read-back")).as(corridor::said).isZero();
        assertThat(corridor.s3().openUploads("lake")).containsExactly(foreign);
    }

    @Test
    void withoutTheSavepointItsUploadIsAbandoned() throws Exception {
        put();
        stopWithSavepoint();

        assertThat(corridor.verify("--abandoned")).isZero();
        assertThat(corridor.said()).contains("1 younger than PT168H, 0 abandoned");
        assertThat(corridor.verify("--abandoned", "--older-than", "PT0S")).isEqualTo(1);
        assertThat(corridor.verify("--abandoned", "--remove")).isEqualTo(2);
        assertThat(corridor.said()).contains("--remove needs --checkpoint");
    }

    /** More than a part of what does not compress. */
    private void put() throws Exception {
        Random random = new Random(7);
        try (var putter = corridor.putter(1)) {
            for (int i = 0; i < 7; i++) {
                byte[] order = new byte[900_000];
                random.nextBytes(order);
                putter.put("key-" + i, order);
                putter.flush();
            }
        }
    }

    private void begin(String key) {
        corridor.objects().createMultipartUpload(request -> request.bucket("lake").key(key));
    }

    private void stage(String key) {
        corridor.objects()
                .putObject(request -> request.bucket("lake").key(key), RequestBody.fromString("x"));
    }

    private String stopWithSavepoint() throws Exception {
        JobClient job = corridor.addTo(FakeCorridor.environment()).executeAsync();
        assertThat(Conditions.comeTrue(TIMEOUT, () -> !corridor.s3().openUploads("lake").isEmpty()))
                .isTrue();
        AtomicReference<String> savepoint = new AtomicReference<>();
        // One task may be at work before the other runs, and until then no savepoint is taken.
        Conditions.until(
                TIMEOUT,
                "a savepoint",
                () -> {
                    savepoint.set(
                            job.stopWithSavepoint(
                                            false,
                                            folder.toUri().toString(),
                                            SavepointFormatType.CANONICAL)
                                    .get(60, TimeUnit.SECONDS));
                    return true;
                });
        return savepoint.get();
    }

    /** With hints that are met at once. */
    private void goOnFrom(String savepoint) throws Exception {
        Configuration config = new Configuration();
        config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment env = FakeCorridor.environment();
        env.configure(config);
        String hints =
                "--set=ExtendedS3DestinationConfiguration.BufferingHints={\"SizeInMBs\":64,\"IntervalInSeconds\":0}";
        corridor.awaitVerified(corridor.addTo(env, hints).executeAsync());
    }
}
