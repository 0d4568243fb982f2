package io.hydrant.localstack.it;

import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;

/** The delivery on a MiniCluster of its own, without restarts, so that the first failure shows. */
final class LocalJob implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SLOTS = 2;

    private final MiniCluster cluster;
    private final JobID id;

    private LocalJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
    }

    /** Starts a cluster, and the delivery of a plan on it. */
    static LocalJob start(DeliveryPlan plan) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .withRandomPorts()
                                .build());
        boolean isStarted = false;
        try {
            cluster.start();
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(config);
            env.setParallelism(SLOTS);
            DeliveryPipeline.of(plan).addTo(env);
            JobID id = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
            isStarted = true;
            return new LocalJob(cluster, id);
        } finally {
            if (!isStarted) {
                cluster.close();
            }
        }
    }

    /** Whether it can still deliver. */
    boolean isAlive() throws Exception {
        return !cluster.getJobStatus(id).get().isGloballyTerminalState();
    }

    /** Waits for so many checkpoints. */
    void awaitCheckpoints(long count) {
        Conditions.until(
                PATIENCE,
                count + " checkpoints",
                () ->
                        !isAlive()
                                || cluster.getExecutionGraph(id)
                                                .get()
                                                .getCheckpointStatsSnapshot()
                                                .getCounts()
                                                .getNumberOfCompletedCheckpoints()
                                        >= count);
    }

    /** Waits until it failed, and returns why, with all causes. */
    String failure() throws Exception {
        Conditions.until(PATIENCE, "the job to fail", () -> !isAlive());
        return cluster.getExecutionGraph(id).get().getFailureInfo().getExceptionAsString();
    }

    @Override
    public void close() throws Exception {
        try (cluster) {
            if (isAlive()) {
                cluster.cancelJob(id).get();
                Conditions.until(PATIENCE, "the job to end", () -> !isAlive());
            }
        }
    }
}
