package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.lambda.FakeLambda;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A delivery with a Lambda function whose tasks are killed and whose function fails, over and over:
 * every record goes where its result says, once.
 */
@Timeout(180)
class LambdaDeliveryITCase {

    private static final String STREAM = "hydrant-demo-flights";
    private static final String BUCKET = "hydrant-demo";
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:shout";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 3;
    private static final int RECORDS_PER_ROUND = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir private Path checkpoints;

    private FakeKinesis kinesis;
    private FakeS3 s3;
    private FakeLambda lambda;
    private MiniCluster cluster;
    private Configuration config;
    private int killed;

    /** Functions answer when it is open. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final AtomicInteger entered = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        kinesis = FakeKinesis.start();
        s3 = FakeS3.start();
        lambda = FakeLambda.start();
        lambda.deploy("shout", this::shout);
        try (KinesisClient client = kinesisClient();
                S3Client store = TestS3.client(s3)) {
            client.createStream(request -> request.streamName(STREAM).shardCount(2));
            store.createBucket(request -> request.bucket(BUCKET));
        }
        config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(150));
        config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, 2);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .build());
        cluster.start();
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        lambda.close();
        s3.close();
        kinesis.close();
    }

    @Test
    void everyRecordGoesOnceWhereItsResultSaysWhateverFailsInBetween() throws Exception {
        JobID job = submit();
        int made = 0;
        for (int round = 0; round < ROUNDS; round++) {
            lambda.faults()
                    .after("Invoke", 2, 2, Fault.refuse(429, "TooManyRequestsException", "slowly"));
            lambda.faults().after("Invoke", 4, 1, Fault.dropAnswer());
            CountDownLatch answers = new CountDownLatch(1);
            gate = answers;
            int before = entered.get();
            made = put(made);
            Conditions.until(TIMEOUT, "an invocation without answer", () -> entered.get() > before);
            long checkpoints = completedCheckpoints(job);
            Conditions.until(
                    TIMEOUT,
                    "checkpoints while it has none",
                    () -> completedCheckpoints(job) > checkpoints + 1);
            cluster.terminateTaskManager(killed++).get();
            cluster.startTaskManager();
            answers.countDown();
            long atKill = completedCheckpoints(job);
            Conditions.until(
                    TIMEOUT,
                    "the job to go on",
                    () -> status(job) == JobStatus.RUNNING && completedCheckpoints(job) > atKill);
        }
        List<String> delivered =
                IntStream.range(0, made)
                        .filter(n -> n % 10 != 0 && n % 10 != 7)
                        .mapToObj(n -> "RECORD " + n)
                        .toList();
        // A drain takes what was read, and leaves the rest in the stream.
        Conditions.until(
                TIMEOUT,
                "all records, or more",
                () -> lines("flights/").size() >= delivered.size());
        drain(job);

        assertThat(lines("flights/")).containsExactlyInAnyOrderElementsOf(delivered);
        List<JsonNode> failed = new ArrayList<>();
        for (String line : lines("flights-failed/processing-failed/")) {
            failed.add(JSON.readTree(line));
        }
        assertThat(failed)
                .extracting(
                        each ->
                                new String(
                                        Base64.getDecoder().decode(each.get("rawData").asText()),
                                        StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, made)
                                .filter(n -> n % 10 == 0)
                                .mapToObj(n -> "record " + n)
                                .toList());
        assertThat(failed)
                .allSatisfy(
                        each -> {
                            assertThat(each.get("errorCode").asText())
                                    .isEqualTo("Lambda.FunctionError");
                            assertThat(each.get("lambdaArn").asText()).isEqualTo(ARN);
                            assertThat(each.get("attemptsMade").asInt()).isPositive();
                        });
    }

    private JobID submit() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        List<String> args = new ArrayList<>(List.of("--config", Examples.FLIGHTS));
        for (String each :
                List.of(
                        "kinesis.endpoint=" + kinesis.endpoint(),
                        "s3.endpoint=" + s3.endpoint(),
                        "lambda.endpoint=" + lambda.endpoint(),
                        "lambda.function-arn=" + ARN,
                        "lambda.buffer.interval=20 ms",
                        "lambda.retry-backoff=10 ms",
                        "delivery.buffer.interval=1 s",
                        "parallelism=2")) {
            args.add("--set");
            args.add(each);
        }
        DeliveryPipeline.of(DeliveryPlan.of(args)).addTo(env);
        return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    private long completedCheckpoints(JobID job) throws Exception {
        return cluster.getExecutionGraph(job)
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    private JobStatus status(JobID job) throws Exception {
        return cluster.getJobStatus(job).get();
    }

    private void drain(JobID job) throws Exception {
        cluster.stopWithSavepoint(
                        job, checkpoints.toUri().toString(), true, SavepointFormatType.CANONICAL)
                .get();
        Conditions.until(TIMEOUT, "the job to end", () -> status(job) == JobStatus.FINISHED);
    }

    private int put(int from) {
        try (KinesisClient client = kinesisClient()) {
            for (int i = from; i < from + RECORDS_PER_ROUND; i++) {
                int n = i;
                client.putRecord(
                        request ->
                                request.streamName(STREAM)
                                        .partitionKey("key" + n % 17)
                                        .data(SdkBytes.fromUtf8String("record " + n)));
            }
        }
        return from + RECORDS_PER_ROUND;
    }

    private List<String> lines(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        try (S3Client client = TestS3.client(s3)) {
            for (S3Object object :
                    client.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix))
                            .contents()) {
                try (BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(
                                                client.getObject(
                                                        request ->
                                                                request.bucket(BUCKET)
                                                                        .key(object.key()))),
                                        StandardCharsets.UTF_8))) {
                    reader.lines().forEach(lines::add);
                }
            }
        }
        return lines;
    }

    private KinesisClient kinesisClient() {
        return AwsClients.create(
                KinesisClient.builder(),
                AwsClientConfig.forEndpoint(kinesis.endpoint(), "us-east-1", "test", "test"));
    }

    /** Upper case; every tenth record fails, and the ones that end in 7 are dropped. */
    private byte[] shout(byte[] event) throws IOException {
        entered.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.toString());
        }
        ObjectNode answer = JSON.createObjectNode();
        for (JsonNode record : JSON.readTree(event).get("records")) {
            String data =
                    new String(
                            Base64.getDecoder().decode(record.get("data").textValue()),
                            StandardCharsets.UTF_8);
            ObjectNode result =
                    answer.withArray("records")
                            .addObject()
                            .put("recordId", record.get("recordId").textValue());
            if (data.endsWith("0")) {
                result.put("result", "ProcessingFailed");
            } else if (data.endsWith("7")) {
                result.put("result", "Dropped");
            } else {
                result.put("result", "Ok")
                        .put(
                                "data",
                                Base64.getEncoder()
                                        .encodeToString(
                                                data.toUpperCase(Locale.ROOT)
                                                        .getBytes(StandardCharsets.UTF_8)));
            }
        }
        return JSON.writeValueAsBytes(answer);
    }
}
