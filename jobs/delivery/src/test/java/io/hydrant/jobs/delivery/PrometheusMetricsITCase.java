package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.server.FreePort;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus reads of a job with Flink's own reporter, as the documentation says. */
class PrometheusMetricsITCase {

    private static final int RECORDS = 20;
    private static final int PORT = freePort();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(reporter())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @Test
    void metricsHaveFirehosesNamesAndTheDeliveryStreamAsALabel() throws Exception {
        try (FakeKinesis kinesis = FakeKinesis.start();
                FakeS3 s3 = FakeS3.start()) {
            fill(kinesis, s3);
            JobClient job = submit(kinesis, s3);
            try {
                boolean isDone =
                        Conditions.comeTrue(
                                Duration.ofSeconds(60),
                                () -> {
                                    requireRunning(job);
                                    return value("DeliveryToS3_Records") == RECORDS
                                            && value("BackupToS3_Records") == RECORDS;
                                });
                assertThat(isDone).as(PrometheusMetricsITCase::shown).isTrue();

                assertThat(value("DeliveryToS3_Bytes")).isPositive();
                assertThat(value("DeliveryToS3_ObjectCount")).isPositive();
                assertThat(value("DeliveryToS3_Success")).isEqualTo(1);
                assertThat(value("DeliveryToS3_DataFreshness")).isNotNegative();
                assertThat(value("BackupToS3_Success")).isEqualTo(1);
                assertThat(value("SucceedProcessing_Records")).isEqualTo(RECORDS);
                assertThat(value("SucceedProcessing_Bytes")).isPositive();
                assertThat(value("OutputDecompressedRecords_Success")).isZero();
                assertThat(value("JQProcessing_Duration")).isPositive();
                assertThat(value("PartitionCount")).isNotNegative();
                assertThat(value("PerPartitionThroughput")).isNotNegative();
                assertThat(value("KMSKeyAccessDenied")).isZero();
                String all = scrape();
                for (String ofSource :
                        List.of(
                                "DataReadFromKinesisStream_Records",
                                "DataReadFromKinesisStream_Bytes",
                                "KinesisMillisBehindLatest",
                                "ThrottledGetRecords")) {
                    assertThat(all)
                            .contains(
                                    "flink_taskmanager_job_task_operator_KinesisStreamSource_"
                                            + ofSource
                                            + "{");
                }
            } finally {
                job.cancel().get();
            }
        }
    }

    private static void requireRunning(JobClient job) throws Exception {
        if (job.getJobStatus().get().isTerminalState()) {
            job.getJobExecutionResult().get();
        }
    }

    private static String shown() {
        try {
            return scrape().lines()
                    .filter(line -> line.contains("_operator_") && line.contains("ToS3"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    /** The sum over the operators and tasks that have it; -1 where none does. */
    private static double value(String name) throws IOException, InterruptedException {
        Matcher lines =
                Pattern.compile(
                                "^flink_taskmanager_job_task_operator_DeliveryStreamName_"
                                        + name
                                        + "\\{.*DeliveryStreamName=\"hydrant-demo-flights\".*} (\\S+)$",
                                Pattern.MULTILINE)
                        .matcher(scrape());
        double sum = -1;
        while (lines.find()) {
            sum = Math.max(sum, 0) + Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    private static String scrape() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static JobClient submit(FakeKinesis kinesis, FakeS3 s3) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(
                        DeliveryPlan.of(
                                List.of(
                                        "--config",
                                        Examples.FLIGHTS,
                                        "--set",
                                        "kinesis.endpoint=" + kinesis.endpoint(),
                                        "--set",
                                        "s3.endpoint=" + s3.endpoint(),
                                        "--set",
                                        "delivery.buffer.interval=1 s",
                                        "--set",
                                        "delivery.dynamic-partitioning=true",
                                        "--set",
                                        "delivery.metadata-extraction.query={n: .n}",
                                        "--set",
                                        "delivery.prefix=n=!{partitionKeyFromQuery:n}/",
                                        "--set",
                                        "backup.mode=ENABLED",
                                        "--set",
                                        "backup.bucket=hydrant-demo",
                                        "--set",
                                        "backup.buffer.interval=1 s")))
                .addTo(env);
        return env.executeAsync();
    }

    private static void fill(FakeKinesis kinesis, FakeS3 s3) {
        try (KinesisClient client =
                        AwsClients.create(
                                KinesisClient.builder(),
                                AwsClientConfig.forEndpoint(
                                        kinesis.endpoint(), "us-east-1", "test", "test"));
                S3Client objects = TestS3.client(s3)) {
            objects.createBucket(request -> request.bucket("hydrant-demo"));
            client.createStream(r -> r.streamName("hydrant-demo-flights").shardCount(1));
            for (int i = 0; i < RECORDS; i++) {
                String json = "{\"n\":" + i % 3 + "}";
                client.putRecord(
                        request ->
                                request.streamName("hydrant-demo-flights")
                                        .partitionKey("k")
                                        .data(SdkBytes.fromUtf8String(json)));
            }
        }
    }

    private static Configuration reporter() {
        Configuration config = new Configuration();
        config.setString("metrics.reporters", "prom");
        config.setString(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        config.setString("metrics.reporter.prom.port", Integer.toString(PORT));
        // Or the hyphens of the name would be underscores.
        config.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
        return config;
    }

    private static int freePort() {
        try {
            return FreePort.any();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
