package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.kinesis.stream.SdkStreamDirectory;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs that grow and are rotated in all ways while the job that follows them is killed, over and
 * over: a source that leaves out copies reads every line once.
 */
@Timeout(180)
class IngestTailITCase {

    private static final String STREAM = "lines";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;

    @TempDir private Path checkpoints;
    @TempDir private Path logs;

    private final List<String> written = new ArrayList<>();
    private FakeKinesis kinesis;
    private MiniCluster cluster;
    private Configuration config;

    @BeforeEach
    void start() throws Exception {
        kinesis = FakeKinesis.start();
        try (KinesisClient client = AwsClients.create(KinesisClient.builder(), aws())) {
            client.createStream(request -> request.streamName(STREAM).shardCount(3));
        }
        config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .withRandomPorts()
                                .build());
        cluster.start();
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        kinesis.close();
    }

    @Test
    void everyLineIsReadOnceWhateverIsRotatedAndKilled() throws Exception {
        append("renamed.log", 50);
        JobID job = submit();
        for (int round = 0; round < ROUNDS; round++) {
            append("renamed.log", 200);
            append("copied.log", 200);
            append("truncated.log", 200);
            untilPut();
            // Put again with the same stamps, as most of what the killed job has put will be.
            kinesis.faults().after("PutRecords", 0, 1, Fault.dropAnswer());
            append("renamed.log", 100);
            untilPut();
            cluster.terminateTaskManager(round).get();
            append("copied.log", 100);
            append("renamed.log", "round " + round);
            Files.move(logs.resolve("renamed.log"), logs.resolve("renamed.log." + round));
            Files.copy(logs.resolve("copied.log"), logs.resolve("copied." + round + ".log"));
            truncate("copied.log");
            truncate("truncated.log");
            append("renamed.log", 100);
            append("truncated.log", 100);
            cluster.startTaskManager();
            append("renamed.log." + round, " in two halves\n");
            written.add("round " + round + " in two halves\n");
            append("copied.log", 100);
        }
        untilPut();
        assertThat(cluster.getJobStatus(job).get()).isEqualTo(JobStatus.RUNNING);

        List<String> read = stream().read(true);
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
        assertThat(stream().read(false)).as("with copies").hasSizeGreaterThan(read.size());
    }

    private JobID submit() throws Exception {
        Path agent =
                Files.writeString(
                        checkpoints.resolve("agent.json"),
                        """
                        {
                          "kinesis.endpoint": "%s",
                          "kinesis.region": "us-east-1",
                          "awsAccessKeyId": "test",
                          "awsSecretAccessKey": "test",
                          "flows": [{
                            "filePattern": "%s/*.log",
                            "kinesisStream": "%s",
                            "initialPosition": "START_OF_FILE",
                            "maxBufferAgeMillis": 1000,
                            "maxBufferSizeRecords": 50,
                            "minTimeBetweenFilePollsMillis": 10,
                            "maxTimeBetweenFileTrackerRefreshMillis": 500
                          }],
                          "Hydrant": {"sink.producer-identity.enabled": true}
                        }
                        """
                                .formatted(kinesis.endpoint(), logs, STREAM));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        new IngestJob(aws -> SdkStreamDirectory.factory(aws).open(), System.out)
                .addTo(env, List.of("--config", agent.toString()));
        return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    /** Waits until all lines are in the stream, however often. */
    private void untilPut() {
        Set<String> missing = new HashSet<>(written);
        Conditions.until(
                TIMEOUT,
                "all lines to be put",
                () -> {
                    String stored = stream().stored();
                    missing.removeIf(stored::contains);
                    return missing.isEmpty();
                });
    }

    private StreamContents stream() {
        return new StreamContents(STREAM, aws());
    }

    private AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(kinesis.endpoint(), "us-east-1", "test", "test");
    }

    private void append(String file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = "line " + written.size() + " of " + file + "\n";
            written.add(line);
            text.append(line);
        }
        append(file, text.toString());
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(
                logs.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void truncate(String file) throws IOException {
        Files.write(logs.resolve(file), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }
}
