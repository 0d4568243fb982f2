package io.hydrant.localstack.bench.ingest;

import io.hydrant.jobs.ingest.IngestJob;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.cases.WriterProgress;
import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;
import io.hydrant.localstack.bench.stream.Progress;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The job that follows files by a configuration of Kinesis Agent, into the fake Kinesis. */
final class AgentJob {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS_PER_STATUS = 100;

    private AgentJob() {}

    static Measured run(IngestCaseSettings settings) throws Exception {
        Configuration config = LocalFlink.configuration(settings.work());
        WriterProgress.configure(config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        Path file =
                AgentFile.write(
                        settings.work(),
                        settings.ingestCase(),
                        settings.kinesis(),
                        settings.logs(),
                        StreamArn.parse(settings.streamArn()).stream());
        IngestJob.prepare(env, List.of("--config", file.toString()));
        try (MiniCluster flink = LocalFlink.start(config, 1)) {
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            awaitTaken(flink, job, progress);
            // The last aggregates wait for more until somebody asks for what there is.
            flink.stopWithSavepoint(
                            job,
                            settings.work().resolve("savepoints").toUri().toString(),
                            true,
                            SavepointFormatType.CANONICAL)
                    .get();
            long end = System.currentTimeMillis();
            return new Measured(
                    start,
                    0,
                    progress.warmMillis(),
                    progress.warmRecords(),
                    end,
                    WriterProgress.taken(),
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    0);
        }
    }

    private static void awaitTaken(MiniCluster flink, JobID job, Progress progress)
            throws Exception {
        for (int look = 1; !progress.at(WriterProgress.taken()); look++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (look % LOOKS_PER_STATUS == 0
                    && flink.getJobStatus(job).get().isGloballyTerminalState()) {
                flink.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(AgentJob.class.getClassLoader());
                throw new IllegalStateException(
                        "The job ended after " + WriterProgress.taken() + " records");
            }
        }
    }
}
