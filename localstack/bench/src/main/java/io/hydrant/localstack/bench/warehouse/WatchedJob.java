package io.hydrant.localstack.bench.warehouse;

import io.hydrant.localstack.bench.measure.LocalFlink;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A job of which something is waited for. */
final class WatchedJob {

    private static final Duration NEVER = Duration.ofDays(365);
    private static final long TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final MiniCluster flink;
    private final JobID job;

    private WatchedJob(MiniCluster flink, JobID job) {
        this.flink = flink;
        this.job = job;
    }

    /**
     * Settings of a job that takes checkpoints when it is told to, and when its input ends, and
     * that ends when it fails.
     */
    static Configuration configuration(Path work) {
        Configuration config = LocalFlink.configuration(work);
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
        // Or Flink takes the first one as soon as all tasks run.
        config.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, NEVER);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return config;
    }

    static WatchedJob submit(MiniCluster flink, StreamExecutionEnvironment env) throws Exception {
        return new WatchedJob(flink, LocalFlink.submit(flink, env));
    }

    /**
     * Waits until something holds.
     *
     * @throws IOException if the job ends before that, or five minutes pass
     */
    void await(Callable<Boolean> holds) throws Exception {
        long begun = System.nanoTime();
        while (!holds.call()) {
            if (flink.getJobStatus(job).get().isGloballyTerminalState()) {
                throw new IOException(
                        "The job ended: "
                                + flink.requestJobResult(job).get().getSerializedThrowable());
            }
            if (System.nanoTime() - begun > TIMEOUT_NANOS) {
                throw new IOException("What was waited for did not come within five minutes");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until every task runs; before that, Flink takes no checkpoint. */
    void awaitTasks() throws Exception {
        await(
                () -> {
                    for (AccessExecutionVertex task :
                            flink.getExecutionGraph(job).get().getAllExecutionVertices()) {
                        if (task.getExecutionState() != ExecutionState.RUNNING) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Takes a checkpoint. */
    void checkpoint() throws Exception {
        flink.triggerCheckpoint(job).get();
    }

    void cancel() throws Exception {
        flink.cancelJob(job).get();
    }
}
