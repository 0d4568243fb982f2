package io.hydrant.launcher.redrive;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.replay.StreamPutters;
import io.hydrant.launcher.verify.VerifyCommand;
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
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A delivery from and to servers in memory, what failed in it redriven, and the proof of both. */
class RedriveITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int RECORDS = 40;
    private static final int BAD = 4;
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
    void aRedrivenRecordIsDeliveredAndItsErrorObjectSettled() throws Exception {
        put();
        deliver();
        assertThat(dataLines()).hasSize(RECORDS - BAD);

        String[] mended = {
            "--set=ExtendedS3DestinationConfiguration.ProcessingConfiguration={\"Enabled\":"
                    + "true,\"Processors\":[{\"Type\":\"AppendDelimiterToRecord\"}]}",
            "--set=ExtendedS3DestinationConfiguration.DynamicPartitioningConfiguration={\"Enabled\":false}",
            "--set=ExtendedS3DestinationConfiguration.Prefix=orders/mended/"
        };
        assertThat(redrive(mended)).as(out::toString).isZero();
        assertThat(out.toString()).contains("records   4 read: 4 delivered, 0 failed again");
        assertThat(redrive(mended)).isZero();
        assertThat(out.toString()).contains("records   0 read");

        assertThat(dataLines()).hasSize(RECORDS).doesNotHaveDuplicates();
        assertThat(verify("--read-back")).as(out::toString).isZero();
        assertThat(out.toString())
                .startsWith("COMPLETE")
                .contains("stream    40 records", "delivered 40 records", "errors    4 records")
                .contains("redriven  4 records out of ")
                .doesNotContain("others that it does not know");

        String ledger = ledgerKeys().get(ledgerKeys().size() - 1);
        String lines = read(ledger);
        objects.putObject(
                request -> request.bucket("lake").key(ledger),
                RequestBody.fromString(lines.substring(lines.indexOf('\n') + 1)));
        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString()).contains("records redriven from s3://lake/errors/");
    }

    private void put() throws Exception {
        try (var putter =
                StreamPutters.open(emulated(kinesis.endpoint().toString()), "orders", 2)) {
            for (int i = 0; i < RECORDS; i++) {
                String order = i < BAD ? "order " + i : "{\"c\":\"" + i % 2 + "\",\"n\":" + i + "}";
                putter.put("key-" + i, order.getBytes(StandardCharsets.UTF_8));
            }
            putter.flush();
        }
    }

    private void deliver() throws Exception {
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
                                if (job.getJobStatus().get().isTerminalState()) {
                                    job.getJobExecutionResult().get();
                                }
                                return verify() == 0;
                            });
            assertThat(complete).as(out::toString).isTrue();
        } finally {
            job.cancel().get();
        }
    }

    private int verify(String... more) throws IOException {
        return run(new VerifyCommand(), more);
    }

    private int redrive(String... more) throws IOException {
        return run(
                new RedriveCommand(),
                Stream.concat(Stream.of("--from", "s3://lake/errors/"), Stream.of(more))
                        .toArray(String[]::new));
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
                    "Prefix": "orders/!{partitionKeyFromQuery:c}/",
                    "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
                    "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
                    "DynamicPartitioningConfiguration": {"Enabled": true},
                    "ProcessingConfiguration": {"Enabled": true, "Processors": [
                      {"Type": "MetadataExtraction", "Parameters": [
                        {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{c: .c}"},
                        {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]},
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

    private List<String> ledgerKeys() {
        return s3.keys("lake").stream().filter(key -> key.startsWith(LEDGER)).sorted().toList();
    }

    private String read(String key) {
        return objects.getObjectAsBytes(request -> request.bucket("lake").key(key)).asUtf8String();
    }

    private static AwsClientConfig emulated(String endpoint) {
        return AwsClientConfig.forEndpoint(
                java.net.URI.create(endpoint), "us-east-1", "test", "test");
    }
}
