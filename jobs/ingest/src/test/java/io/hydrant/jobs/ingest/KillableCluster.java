package io.hydrant.jobs.ingest;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster whose jobs make checkpoints when a test says so, and restart when they are killed. */
final class KillableCluster implements AutoCloseable {

    private final Configuration config = new Configuration();
    private final MiniCluster cluster;
    private JobID job;
    private int killed;

    KillableCluster(Path checkpoints) throws Exception {
        // No checkpoint comes by itself, so what a kill makes the job read again is known.
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
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

    /** Starts the job with that file. */
    void submit(Path agent, String... arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        List<String> all = new ArrayList<>(List.of("--config", agent.toString()));
        all.addAll(List.of(arguments));
        IngestJob.prepare(env, all);
        job = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    void checkpoint() throws Exception {
        cluster.triggerCheckpoint(job, CheckpointType.FULL).get();
    }

    /** Ends all tasks at once; the job goes on from its last checkpoint. */
    void kill() throws Exception {
        cluster.terminateTaskManager(killed++).get();
        cluster.startTaskManager();
    }

    JobStatus status() throws Exception {
        return cluster.getJobStatus(job).get();
    }

    /** Waits for a job that ends by itself. */
    void awaitEnd() throws Exception {
        cluster.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
