package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPipeline;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The delivery on a MiniCluster that can be struck: tasks, TaskManagers, the job itself. */
final class SoakJob implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final MiniCluster cluster;
    private final Configuration config;
    private final Path folder;
    private JobID job;
    private int killed;

    private SoakJob(MiniCluster cluster, Configuration config, Path folder) {
        this.cluster = cluster;
        this.config = config;
        this.folder = folder;
    }

    /** A cluster of one TaskManager, and no job yet; with a checkpoint twice a second. */
    static SoakJob startCluster(Path folder, int slots) throws Exception {
        return startCluster(folder, slots, Duration.ofMillis(500));
    }

    /**
     * A cluster of one TaskManager, and no job yet.
     *
     * @param interval from checkpoint to checkpoint
     */
    static SoakJob startCluster(Path folder, int slots, Duration interval) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        config.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        config.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .withRandomPorts()
                                .build());
        cluster.start();
        return new SoakJob(cluster, config, folder);
    }

    /** Submits the delivery, from a checkpoint where one is given. */
    void submit(DeliveryPlan plan, String restoreFrom) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        DeliveryPipeline.of(plan)
                .withObjectStore(FaultyStore.factory(plan.sink().ledger().prefix()))
                .addTo(env);
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (restoreFrom != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(restoreFrom));
        }
        job = cluster.submitJob(graph).get().getJobID();
    }

    /** Ends the TaskManager with all that runs on it, and starts another. */
    void replaceTaskManager() throws Exception {
        cluster.terminateTaskManager(killed++).get();
        cluster.startTaskManager();
    }

    /**
     * Cancels the job.
     *
     * @return its last complete checkpoint, null if there is none
     */
    String cancel() throws Exception {
        String checkpoint = latestCheckpoint();
        cluster.cancelJob(job).get();
        Conditions.until(
                TIMEOUT, "the job to be cancelled", () -> status().isGloballyTerminalState());
        // One may have completed between the look and the cancellation.
        String later = latestCheckpoint();
        return later != null ? later : checkpoint;
    }

    /** Lets the job finish what is open, and ends it. */
    void drain() throws Exception {
        cluster.stopWithSavepoint(
                        job, folder.toUri().toString(), true, SavepointFormatType.CANONICAL)
                .get();
    }

    /** Waits until a checkpoint that began after this call is complete. */
    void awaitCheckpoint() {
        long before = lastCheckpointId();
        Conditions.until(
                TIMEOUT,
                "a checkpoint after the failure",
                () -> {
                    requireNotOver();
                    // The next one may have begun before the call, the one after it cannot have.
                    return status() == JobStatus.RUNNING && lastCheckpointId() > before + 1;
                });
    }

    private void requireNotOver() throws Exception {
        if (status().isGloballyTerminalState()) {
            throw new IOException(
                    "The job ended as "
                            + status()
                            + ": "
                            + cluster.getExecutionGraph(job).get().getFailureInfo());
        }
    }

    private JobStatus status() throws ExecutionException, InterruptedException {
        return cluster.getJobStatus(job).get();
    }

    private String latestCheckpoint() throws ExecutionException, InterruptedException {
        CompletedCheckpointStats latest = latestCompleted();
        return latest == null ? null : latest.getExternalPath();
    }

    private long lastCheckpointId() {
        try {
            CompletedCheckpointStats latest = latestCompleted();
            return latest == null ? -1 : latest.getCheckpointId();
        } catch (ExecutionException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private CompletedCheckpointStats latestCompleted()
            throws ExecutionException, InterruptedException {
        CheckpointStatsSnapshot stats =
                cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
        if (stats == null) {
            return null;
        }
        List<AbstractCheckpointStats> all = stats.getHistory().getCheckpoints();
        return all.stream()
                .filter(CompletedCheckpointStats.class::isInstance)
                .map(CompletedCheckpointStats.class::cast)
                .filter(completed -> completed.getExternalPath() != null)
                .max(Comparator.comparingLong(CompletedCheckpointStats::getCheckpointId))
                .orElse(null);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
