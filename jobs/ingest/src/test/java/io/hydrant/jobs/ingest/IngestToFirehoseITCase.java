package io.hydrant.jobs.ingest;

import io.hydrant.localstack.fakes.firehose.FakeFirehose;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log into a delivery stream that refuses records, loses an answer, and a task that is killed.
 */
@Timeout(120)
class IngestToFirehoseITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir private Path folder;
    @TempDir private Path logs;

    @Test
    void everyLineIsInTheDeliveryStreamWhateverFails() throws Exception {
        try (FakeFirehose firehose = FakeFirehose.start();
                MiniCluster cluster = cluster()) {
            firehose.create("orders");
            firehose.refuseOnce("first 7\n");
            firehose.faults()
                    .next(
                            "PutRecordBatch",
                            1,
                            Fault.refuse(503, "ServiceUnavailableException", "down"));
            firehose.faults().after("PutRecordBatch", 1, 1, Fault.dropAnswer());
            cluster.start();
            JobID job = submit(cluster, firehose);

            List<String> first = append("first", 1_200);
            awaitTaken(firehose, first);
            cluster.terminateTaskManager(0).get();
            List<String> second = append("second", 300);
            cluster.startTaskManager();
            awaitTaken(firehose, second);

            assertThat(cluster.getJobStatus(job).get()).isEqualTo(JobStatus.RUNNING);
            assertThat(firehose.log().count("PutRecordBatch")).isLessThan(50);
        }
    }

    private MiniCluster cluster() {
        return new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration())
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(1)
                        .withRandomPorts()
                        .build());
    }

    private Configuration configuration() {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        return config;
    }

    private JobID submit(MiniCluster cluster, FakeFirehose firehose) throws Exception {
        Path agent =
                Files.writeString(
                        folder.resolve("agent.json"),
                        """
                        {
                          "firehose.endpoint": "%s",
                          "kinesis.region": "us-east-1",
                          "awsAccessKeyId": "test",
                          "awsSecretAccessKey": "test",
                          "flows": [{
                            "filePattern": "%s/*.log",
                            "deliveryStream": "orders",
                            "initialPosition": "START_OF_FILE",
                            "maxBufferAgeMillis": 1000,
                            "minTimeBetweenFilePollsMillis": 10
                          }]
                        }
                        """
                                .formatted(firehose.endpoint(), logs));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        IngestJob.prepare(env, List.of("--config", agent.toString()));
        return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    private List<String> append(String what, int lines) throws IOException {
        List<String> written =
                IntStream.range(0, lines).mapToObj(i -> what + " " + i + "\n").toList();
        Files.writeString(
                logs.resolve("app.log"),
                String.join("", written),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return written;
    }

    private static void awaitTaken(FakeFirehose firehose, List<String> lines) {
        Conditions.until(
                TIMEOUT,
                "all lines to be taken",
                () -> new HashSet<>(taken(firehose)).containsAll(lines));
    }

    private static List<String> taken(FakeFirehose firehose) {
        return firehose.records("orders").stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
