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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Bounded runs over a stream and over an archive, from and to servers in memory, and their proof.
 */
class ReplayITCase {

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
    void aReplayHandsOverToALiveDeliveryWithoutGapOrOverlap() throws Exception {
        put(0, 30);
        Instant handover = pause();
        put(30, 30);
        String[] live = {
            "--set",
            "source.init.position=AT_TIMESTAMP",
            "--set",
            "source.init.timestamp="
                    + BigDecimal.valueOf(handover.toEpochMilli(), 3).toPlainString()
        };

        deliver(live);
        assertThat(dataLines()).hasSize(30);
        replay("--from", "TRIM_HORIZON", "--to", handover.toString());

        assertThat(dataLines()).hasSize(60).doesNotHaveDuplicates();
        assertThat(verify("--from", "TRIM_HORIZON", "--read-back")).as(out::toString).isZero();
        assertThat(out.toString()).startsWith("COMPLETE").contains("stream    60 records");

        replay("--from", handover.toString());
        assertThat(verify("--from", "TRIM_HORIZON")).isEqualTo(1);
        assertThat(out.toString()).contains("doubled 30");
    }

    @Test
    void anArchiveIsReplayedAndProven() throws Exception {
        archive("raw/a.gz", gzip("1\n2\n3\n"), gzip("4\n"));
        archive("raw/b", "{\"n\":5}{\"n\":6}".getBytes(StandardCharsets.UTF_8));
        archive("raw/empty");

        replay("--from", "s3://lake/raw/");

        assertThat(dataLines())
                .containsExactlyInAnyOrder("1", "2", "3", "4", "{\"n\":5}", "{\"n\":6}");
        assertThat(verify("--from", "s3://lake/raw/")).as(out::toString).isZero();
        assertThat(out.toString())
                .contains("stream    6 records in 2 shards", "s3://lake raw/a.gz: 4 records");

        archive("raw/c", "7\n".getBytes(StandardCharsets.UTF_8));
        assertThat(verify("--from", "s3://lake/raw/")).isEqualTo(3);
    }

    @Test
    void anArchiveObjectThatIsDamagedFailsTheReplayOrIsLeftOut() throws Exception {
        byte[] whole = gzip("1\n2\n");
        archive("raw/a.gz", Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> replay("--from", "s3://lake/raw/"))
                .hasStackTraceContaining("s3://lake/raw/a.gz cannot be read behind its record 0")
                .hasStackTraceContaining("or set archive.unreadable to SKIP");

        archive("raw/b", "3\n".getBytes(StandardCharsets.UTF_8));
        String skip = "--set=archive.unreadable=SKIP";
        replay("--from", "s3://lake/raw/", skip);
        assertThat(dataLines()).containsExactly("3");
        assertThat(verify("--from", "s3://lake/raw/", skip)).as(out::toString).isZero();
    }

    private void put(int first, int count) throws Exception {
        try (var putter =
                StreamPutters.open(emulated(kinesis.endpoint().toString()), "orders", 2)) {
            for (int i = first; i < first + count; i++) {
                putter.put("key-" + i, ("order " + i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    /** A time between what came and what comes; arrivals are in milliseconds. */
    private static Instant pause() {
        Instant between = Instant.now().plusMillis(2).truncatedTo(ChronoUnit.MILLIS);
        assertThat(Conditions.comeTrue(TIMEOUT, () -> Instant.now().isAfter(between))).isTrue();
        return between;
    }

    private void archive(String key, byte[]... content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] each : content) {
            bytes.writeBytes(each);
        }
        objects.putObject(
                request -> request.bucket("lake").key(key),
                RequestBody.fromBytes(bytes.toByteArray()));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(config);
    }

    /** Ends by itself. */
    private void replay(String... range) throws Exception {
        StreamExecutionEnvironment env = environment();
        DeliveryPipeline.of(plan(range)).addTo(env);
        env.execute();
    }

    private DeliveryPlan plan(String... more) throws IOException {
        return DeliveryPlan.of(Stream.concat(arguments().stream(), Stream.of(more)).toList());
    }

    private void deliver(String... more) throws Exception {
        StreamExecutionEnvironment env = environment();
        DeliveryPipeline.of(plan(more)).addTo(env);
        JobClient job = env.executeAsync();
        try {
            boolean complete =
                    Conditions.comeTrue(
                            TIMEOUT,
                            () -> {
                                if (job.getJobStatus().get().isTerminalState()) {
                                    job.getJobExecutionResult().get();
                                }
                                return verify(more) == 0;
                            });
            assertThat(complete).as(out::toString).isTrue();
        } finally {
            job.cancel().get();
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
                    "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
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

    private List<String> dataLines() {
        return s3.keys("lake").stream()
                .filter(key -> key.startsWith("orders/"))
                .flatMap(key -> read(key).lines())
                .toList();
    }

    private String read(String key) {
        return objects.getObjectAsBytes(request -> request.bucket("lake").key(key)).asUtf8String();
    }

    private static AwsClientConfig emulated(String endpoint) {
        return AwsClientConfig.forEndpoint(
                java.net.URI.create(endpoint), "us-east-1", "test", "test");
    }
}
