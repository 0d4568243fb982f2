package io.hydrant.localstack.it;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;
import io.hydrant.localstack.harness.process.Command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The packed jar on a real Flink cluster, as {@code flink run} starts it. */
@LocalStackTest
class FlinkRunITCase {

    private static final String JAR =
            ProjectFolder.root().resolve("jobs/delivery/target/hydrant-delivery.jar").toString();

    @TempDir private Path folder;

    @Test
    void deliversExactlyOnceThroughAKilledTaskManagerAndASavepoint(
            LocalStack localStack, KinesisClient kinesis, S3Client s3, UniqueNames names)
            throws Exception {
        Corridor corridor =
                new Corridor(
                        localStack,
                        kinesis,
                        s3,
                        names.newStream("flink-run", 2),
                        names.newBucket("flink-run"),
                        folder);
        String config = corridor.config().toString();
        try (FlinkCluster cluster = start()) {
            printsItsPlan(cluster, config);
            refusesAWrongConfiguration(cluster, config);

            corridor.putOfEveryKey(50);
            String first = cluster.run("-p", "2", JAR, "--config", config);
            corridor.awaitDelivered(1, () -> !cluster.rest().job(first).isOver());

            corridor.putOfEveryKey(50);
            cluster.killTaskManager();
            corridor.putOfEveryKey(50);
            cluster.startTaskManager();
            corridor.awaitAllDelivered(() -> !cluster.rest().job(first).isOver());
            assertThat(cluster.rest().checkpoints(first).restored()).isPositive();

            corridor.putOfEveryKey(50);
            String savepoint = cluster.stopWithSavepoint(first);
            corridor.putOfEveryKey(50);
            String second =
                    cluster.run("-s", savepoint, JAR, "--config", config, "--set", "parallelism=1");
            corridor.awaitAllDelivered(() -> !cluster.rest().job(second).isOver());
            cluster.stopWithSavepoint(second);

            corridor.requireExactlyOnce();
        }
    }

    private static void printsItsPlan(FlinkCluster cluster, String config) throws IOException {
        Command.Result plan = cluster.flink("run", JAR, "--config", config, "--dry-run");

        assertThat(plan.output()).contains("s3.upload-threads", "notices");
        assertThat(plan.exitCode()).isZero();
        assertThat(cluster.list()).isEmpty();
    }

    private static void refusesAWrongConfiguration(FlinkCluster cluster, String config)
            throws IOException {
        Command.Result refused =
                cluster.flink(
                        "run",
                        JAR,
                        "--config",
                        config,
                        "--set",
                        "parallelism=0",
                        "--set",
                        "ExtendedS3DestinationConfiguration.CompressionFormat=LZ4");

        assertThat(refused.output())
                .contains(
                        config + ": 2 problems",
                        "\"LZ4\" is not allowed; UNCOMPRESSED or GZIP or ZIP or Snappy or HADOOP_SNAPPY",
                        "parallelism is 0; it must be at least 1")
                .doesNotContain("\tat ");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(cluster.list()).isEmpty();
    }

    private static FlinkCluster start() throws IOException {
        return FlinkCluster.builder(FlinkHome.find(Progress.onStandardError()))
                .set("execution.checkpointing.interval", "500 ms")
                .set("restart-strategy.type", "fixed-delay")
                .set("restart-strategy.fixed-delay.attempts", "1000")
                .set("restart-strategy.fixed-delay.delay", "500 ms")
                .start();
    }
}
