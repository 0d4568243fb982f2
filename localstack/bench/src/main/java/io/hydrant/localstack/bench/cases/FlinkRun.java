package io.hydrant.localstack.bench.cases;

import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One job on a Flink of its own in this JVM, until its sink writers have taken all records. */
final class FlinkRun {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Asking for the status is a call to the JobMaster, which costs what is to be measured. */
    private static final int LOOKS_PER_STATUS = 50;

    /** The first half of the records warms the JVM up. */
    static final int WARM_UP_SHARE = 2;

    private final CaseSettings settings;
    private final Configuration config;
    private long warmMillis;
    private long warmRecords;

    /**
     * A run by those settings.
     *
     * @param extra what the job's file systems need to be told
     */
    FlinkRun(CaseSettings settings, Configuration extra) {
        this.settings = settings;
        this.config = LocalFlink.configuration(settings.work());
        config.addAll(extra);
        WriterProgress.configure(config);
    }

    /** Runs the job that {@code wiring} puts together, to its end. */
    Measured run(Consumer<StreamExecutionEnvironment> wiring) throws Exception {
        FileSystem.initialize(config, PluginUtils.createPluginManagerFromRootFolder(config));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(settings.parallelism());
        wiring.accept(env);
        try (MiniCluster flink = LocalFlink.start(config, settings.parallelism())) {
            JobID job = flink.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
            return settings.openObjects() > 0 ? hold(flink, job) : drain(flink, job);
        }
    }

    /** To the end of the data, with everything delivered. */
    private Measured drain(MiniCluster flink, JobID job) throws Exception {
        awaitRecords(flink, job);
        if (settings.benchCase().input() != BenchCase.Input.LINES) {
            flink.stopWithSavepoint(
                            job,
                            settings.work().resolve("savepoints").toUri().toString(),
                            true,
                            SavepointFormatType.CANONICAL)
                    .get();
        }
        JobResult result = flink.requestJobResult(job).get();
        result.toJobExecutionResult(FlinkRun.class.getClassLoader());
        return measured(flink, job);
    }

    /**
     * Until all objects are open; then a checkpoint is taken while they are, and the job dropped.
     */
    private Measured hold(MiniCluster flink, JobID job) throws Exception {
        awaitRecords(flink, job);
        long completed = flink.triggerCheckpoint(job, CheckpointType.FULL).get();
        if (completed < 1) {
            throw new IllegalStateException("Checkpoint " + completed + " is none");
        }
        Measured measured = measured(flink, job);
        flink.cancelJob(job).get();
        flink.requestJobResult(job).get();
        return measured;
    }

    private void awaitRecords(MiniCluster flink, JobID job) throws Exception {
        for (int look = 1; WriterProgress.taken() < settings.records(); look++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (warmMillis == 0 && WriterProgress.taken() >= settings.records() / WARM_UP_SHARE) {
                warmRecords = WriterProgress.taken();
                warmMillis = System.currentTimeMillis();
            }
            if (look % LOOKS_PER_STATUS != 0) {
                continue;
            }
            JobStatus status = flink.getJobStatus(job).get();
            if (status.isGloballyTerminalState()) {
                flink.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(FlinkRun.class.getClassLoader());
                if (WriterProgress.taken() < settings.records()) {
                    throw new IllegalStateException(
                            "The job is "
                                    + status
                                    + " after "
                                    + WriterProgress.taken()
                                    + " of "
                                    + settings.records()
                                    + " records");
                }
            }
        }
    }

    private Measured measured(MiniCluster flink, JobID job) throws Exception {
        long heap = ProcessMeter.heapAfterCollection();
        CheckpointStatsSnapshot stats =
                flink.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
        CompletedCheckpointStats last = stats.getHistory().getLatestCompletedCheckpoint();
        CompletedCheckpointStats savepoint = stats.getHistory().getLatestSavepoint();
        CompletedCheckpointStats shown = last == null ? savepoint : last;
        return new Measured(
                0,
                MemoryFlights.firstReadMillis(),
                warmMillis,
                warmRecords,
                0,
                0,
                heap,
                shown == null ? 0 : shown.getStateSize(),
                shown == null ? 0 : shown.getEndToEndDuration(),
                0);
    }
}
