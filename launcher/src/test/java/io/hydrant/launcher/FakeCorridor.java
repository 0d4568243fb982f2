package io.hydrant.launcher;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.sink.BatchPutter;
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
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

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
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Kinesis and an S3 in memory, a delivery stream {@code orders} between them, and commands that
 * are run on it.
 */
public final class FakeCorridor implements BeforeEachCallback, AfterEachCallback {

    private static final Pattern PROGRESS = Pattern.compile("(?m)^verify: .*\\R");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String document;
    private final List<String> buckets;
    private final StringWriter out = new StringWriter();
    private FakeKinesis kinesis;
    private FakeS3 s3;
    private S3Client objects;
    private Path file;

    /**
     * A corridor that is started before each test and stopped behind it.
     *
     * @param document configuration of the delivery stream
     * @param buckets buckets that exist
     */
    public FakeCorridor(String document, String... buckets) {
        this.document = document;
        this.buckets = List.of(buckets);
    }

    /** A Flink for a test class. */
    public static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(2)
                        .build());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        file = Files.createTempFile("orders", ".json");
        Files.writeString(file, document);
        kinesis = FakeKinesis.start();
        s3 = FakeS3.start();
        objects = AwsClients.create(S3Client.builder().forcePathStyle(true), at(s3.endpoint()));
        for (String bucket : buckets) {
            objects.createBucket(request -> request.bucket(bucket));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        objects.close();
        s3.close();
        kinesis.close();
        Files.deleteIfExists(file);
    }

    public FakeS3 s3() {
        return s3;
    }

    /** A client of the buckets. */
    public S3Client objects() {
        return objects;
    }

    /** What the command that ran last has said, but for progress, which only slow machines see. */
    public String said() {
        return PROGRESS.matcher(out.toString()).replaceAll("");
    }

    /** Puts into the stream, which is made with that many shards where it is not there. */
    public BatchPutter putter(int shards) throws Exception {
        return StreamPutters.open(at(kinesis.endpoint()), "orders", shards);
    }

    private List<String> arguments() {
        return List.of(
                "--config",
                file.toString(),
                "--set",
                "kinesis.endpoint=" + kinesis.endpoint(),
                "--set",
                "s3.endpoint=" + s3.endpoint());
    }

    /** Runs a command; gives its exit code. */
    public int run(Object command, String... more) {
        out.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
    }

    public int verify(String... more) {
        return run(new VerifyCommand(), more);
    }

    /** A job's surroundings: ten checkpoints a second, and nothing is tried again. */
    public static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.getExecutionEnvironment(config);
    }

    /** Adds the delivery to a job. */
    public StreamExecutionEnvironment addTo(StreamExecutionEnvironment env, String... more)
            throws IOException {
        List<String> arguments = Stream.concat(arguments().stream(), Stream.of(more)).toList();
        DeliveryPipeline.of(DeliveryPlan.of(arguments)).addTo(env);
        return env;
    }

    /** Runs the delivery until a verification with the same arguments is content. */
    public void deliver(String... more) throws Exception {
        awaitVerified(addTo(environment(), more).executeAsync(), more);
    }

    /** Waits for a verification that is content, and cancels the job. */
    public void awaitVerified(JobClient job, String... more) throws Exception {
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
            assertThat(complete).as(this::said).isTrue();
        } finally {
            job.cancel().get();
        }
    }

    /** Keys in the bucket {@code lake} that begin so, in their order. */
    public List<String> keys(String prefix) {
        return s3.keys("lake").stream().filter(key -> key.startsWith(prefix)).sorted().toList();
    }

    /** Lines of all objects in the bucket {@code lake} whose keys begin so. */
    public List<String> lines(String prefix) {
        return keys(prefix).stream()
                .flatMap(key -> new String(read(key), StandardCharsets.UTF_8).lines())
                .toList();
    }

    /** The content of an object in the bucket {@code lake}. */
    public byte[] read(String key) {
        return objects.getObjectAsBytes(request -> request.bucket("lake").key(key)).asByteArray();
    }

    private static AwsClientConfig at(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "us-east-1", "test", "test");
    }
}
