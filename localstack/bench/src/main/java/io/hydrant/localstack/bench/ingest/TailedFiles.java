package io.hydrant.localstack.bench.ingest;

import io.hydrant.jobs.ingest.IngestOptions;
import io.hydrant.jobs.ingest.tail.FileSource;
import io.hydrant.jobs.ingest.tail.LogRecordTypeInformation;
import io.hydrant.jobs.ingest.tail.TailConfig;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;
import io.hydrant.localstack.bench.stream.CountedJob;
import io.hydrant.localstack.bench.stream.Progress;
import io.hydrant.localstack.bench.stream.RecordCount;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The source of files in a job that counts its records and does nothing else. */
final class TailedFiles {

    /** What the agent's file has where it says nothing. */
    private static final long POLL_MILLIS = 100;

    private static final long REFRESH_MILLIS = 10_000;
    private static final int BUFFER_BYTES = 5 * 1024 * 1024;

    private TailedFiles() {}

    static Measured run(IngestCaseSettings settings) throws Exception {
        Configuration config = LocalFlink.configuration(settings.work());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(1);
        env.fromSource(
                        new FileSource(tail(settings), "bench"),
                        WatermarkStrategy.noWatermarks(),
                        "files",
                        LogRecordTypeInformation.INSTANCE)
                .uid("files")
                .filter(new RecordCount<>())
                .name("count")
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .name("nowhere")
                .uid("nowhere");
        try (MiniCluster flink = LocalFlink.start(config, 1)) {
            CountedJob.warmUp(flink, config);
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            CountedJob.awaitRecords(flink, job, progress);
            long end = System.currentTimeMillis();
            long counted = Progress.counted();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(settings.idleSeconds()));
            CompletedCheckpointStats checkpoint = checkpoint(flink, job);
            Measured measured =
                    new Measured(
                            start,
                            Progress.firstMillis(),
                            progress.warmMillis(),
                            progress.warmRecords(),
                            end,
                            counted,
                            ProcessMeter.heapAfterCollection(),
                            checkpoint.getStateSize(),
                            checkpoint.getEndToEndDuration(),
                            0);
            flink.cancelJob(job).get();
            return measured;
        }
    }

    private static CompletedCheckpointStats checkpoint(MiniCluster flink, JobID job)
            throws Exception {
        long completed = flink.triggerCheckpoint(job, CheckpointType.FULL).get();
        CompletedCheckpointStats last =
                flink.getExecutionGraph(job)
                        .get()
                        .getCheckpointStatsSnapshot()
                        .getHistory()
                        .getLatestCompletedCheckpoint();
        if (completed < 1 || last == null) {
            throw new IllegalStateException("Checkpoint " + completed + " is none");
        }
        return last;
    }

    private static TailConfig tail(IngestCaseSettings settings) {
        return new TailConfig(
                "bench",
                settings.logs().toString(),
                "*.log",
                true,
                settings.ingestCase() == IngestCase.TAIL_PATTERN
                        ? Pattern.compile(LogLines.START)
                        : null,
                0,
                null,
                POLL_MILLIS,
                REFRESH_MILLIS,
                BUFFER_BYTES,
                IngestOptions.OPEN_FILES.defaultValue());
    }
}
