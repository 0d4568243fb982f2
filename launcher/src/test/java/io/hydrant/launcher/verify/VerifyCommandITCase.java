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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A real delivery from and to servers in memory, spoiled in each way that must be found. */
class VerifyCommandITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int RECORDS = 60;
    private static final String STREAM = "orders";
    private static final String BUCKET = "lake";
    private static final String LEDGER = "_hydrant/ledger/";

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
    void deliver() throws Exception {
        kinesis = FakeKinesis.start();
        s3 = FakeS3.start();
        objects =
                AwsClients.create(
                        S3Client.builder().forcePathStyle(true),
                        emulated(s3.endpoint().toString()));
        objects.createBucket(request -> request.bucket(BUCKET));
        put(0, RECORDS);

        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(DeliveryPlan.of(arguments())).addTo(env);
        JobClient job = env.executeAsync();
        try {
            boolean complete =
                    Conditions.comeTrue(
                            TIMEOUT,
                            () -> {
                                requireRunning(job);
                                return verify() == 0;
                            });
            assertThat(complete).as(out::toString).isTrue();
        } finally {
            job.cancel().get();
        }
    }

    @AfterEach
    void close() {
        objects.close();
        s3.close();
        kinesis.close();
    }

    @Test
    void isContentWithACompleteDelivery() throws Exception {
        assertThat(verify("--read-back")).isZero();
        assertThat(out.toString())
                .startsWith("COMPLETE: every record of the stream was delivered exactly once")
                .contains("stream    60 records in 2 shards")
                .contains("missing 0, doubled 0, pending 0, beyond retention 0")
                .contains(dataKeys().size() + " read back in full");
    }

    @Test
    void saysThatNewRecordsArePending() throws Exception {
        put(RECORDS, 3);

        assertThat(verify()).isEqualTo(3);
        assertThat(out.toString()).startsWith("PENDING: ").contains("pending 3");
    }

    @Test
    void waitsForPendingRecordsNoLongerThanItIsTold() throws Exception {
        put(RECORDS, 3);

        assertThat(verify("--wait", "PT0.2S")).isEqualTo(3);
    }

    @Test
    void findsAnObjectThatIsGone() throws Exception {
        String key = dataKeys().get(0);
        objects.deleteObject(request -> request.bucket(BUCKET).key(key));

        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString()).contains("s3://lake/" + key);
    }

    @Test
    void findsObjectsWhereAnEarlierConfigurationPutThem() throws Exception {
        String moved = "--set=ExtendedS3DestinationConfiguration.Prefix=elsewhere/";
        String errors = "--set=ExtendedS3DestinationConfiguration.ErrorOutputPrefix=errors/";

        assertThat(verify(moved, errors, "--read-back")).as(out::toString).isZero();
        assertThat(out.toString()).contains(dataKeys().size() + " read back in full");

        String key = dataKeys().get(0);
        objects.deleteObject(request -> request.bucket(BUCKET).key(key));
        assertThat(verify(moved, errors)).isEqualTo(1);
        assertThat(out.toString()).contains("s3://lake/" + key);
    }

    @Test
    void isNotContentWithADeliveryFromLatestThatHasNoLedger() throws Exception {
        assertThat(
                        verify(
                                "--set=source.init.position=LATEST",
                                "--set=ledger.prefix=another/ledger/"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("pending " + RECORDS);
    }

    @Test
    void findsAnObjectThatIsNoLongerCompressed() throws Exception {
        String key = dataKeys().get(0);
        byte[] content = read(key);
        content[0] ^= 0x55;
        objects.putObject(
                request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));

        assertThat(verify("--read-back")).isEqualTo(1);
        assertThat(out.toString()).contains("s3://lake/" + key + " cannot be decompressed");
    }

    @Test
    void findsAnObjectWhoseSizeChanged() throws Exception {
        String key = dataKeys().get(0);
        byte[] content = read(key);
        write(key, new String(content, StandardCharsets.ISO_8859_1) + "x");

        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "s3://lake/%s has %,d bytes, %,d by the ledger"
                                .formatted(key, content.length + 1, content.length));
    }

    @Test
    void findsContentThatChangedOnlyWhenItReadsBack() throws Exception {
        String key = dataKeys().get(0);
        byte[] content = read(key);
        content[content.length / 2] ^= 0x55;
        objects.putObject(
                request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));

        assertThat(verify()).isZero();
        assertThat(verify("--read-back")).isEqualTo(1);
        assertThat(out.toString()).contains("s3://lake/" + key);
    }

    @Test
    void findsRecordsThatNoObjectHolds() throws Exception {
        String ledger = ledgerKeys().get(0);
        objects.deleteObject(request -> request.bucket(BUCKET).key(ledger));

        assertThat(verify()).isIn(1, 3);
        assertThat(out.toString()).doesNotContain("COMPLETE: every");
    }

    @Test
    void findsRecordsThatTwoObjectsHold() throws Exception {
        String ledger = ledgerKeys().get(0);
        String lines = new String(read(ledger), StandardCharsets.UTF_8);
        String again = lines.replaceAll("\"id\":\"[0-9a-f]{8}", "\"id\":\"00000000");
        assertThat(again).isNotEqualTo(lines);
        write(ledger.replace(".jsonl", "0.jsonl"), again);

        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString()).contains("NOT COMPLETE").doesNotContain("doubled 0");
    }

    @Test
    void takesARepeatedCommitForOneDelivery() throws Exception {
        String ledger = ledgerKeys().get(0);
        write(
                ledger.replace(".jsonl", "0.jsonl"),
                new String(read(ledger), StandardCharsets.UTF_8));

        assertThat(verify()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() throws Exception {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.add("--set");
        arguments.add("delivery.bufer.size=1 mb");
        StringWriter err = new StringWriter();

        assertThat(run(arguments, err)).isNotZero();
        assertThat(err.toString()).contains("delivery.bufer.size", "delivery.buffer.size");
    }

    private static void requireRunning(JobClient job) throws Exception {
        if (job.getJobStatus().get().isTerminalState()) {
            job.getJobExecutionResult().get();
        }
    }

    private int verify(String... more) throws IOException {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        return run(arguments, out);
    }

    private int run(List<String> arguments, StringWriter err) {
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> arguments() throws IOException {
        Path file = folder.resolve("orders.json");
        Files.writeString(
                file,
                """
                {
                  "DeliveryStreamName": "orders",
                  "DeliveryStreamType": "KinesisStreamAsSource",
                  "KinesisStreamSourceConfiguration": {
                    "KinesisStreamARN": "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
                    "RoleARN": "arn:aws:iam::000000000000:role/orders"
                  },
                  "ExtendedS3DestinationConfiguration": {
                    "RoleARN": "arn:aws:iam::000000000000:role/orders",
                    "BucketARN": "arn:aws:s3:::lake",
                    "Prefix": "orders/",
                    "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 0},
                    "CompressionFormat": "GZIP"
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

    private void put(int first, int count) throws Exception {
        try (var putter = StreamPutters.open(emulated(kinesis.endpoint().toString()), STREAM, 2)) {
            for (int i = first; i < first + count; i++) {
                putter.put("key-" + i, ("order " + i).getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private List<String> dataKeys() {
        return s3.keys(BUCKET).stream().filter(key -> key.startsWith("orders/")).toList();
    }

    private List<String> ledgerKeys() {
        return s3.keys(BUCKET).stream().filter(key -> key.startsWith(LEDGER)).toList();
    }

    private byte[] read(String key) {
        return objects.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asByteArray();
    }

    private void write(String key, String content) {
        objects.putObject(
                request -> request.bucket(BUCKET).key(key),
                RequestBody.fromBytes(content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static AwsClientConfig emulated(String endpoint) {
        return AwsClientConfig.forEndpoint(
                java.net.URI.create(endpoint), "us-east-1", "test", "test");
    }
}
