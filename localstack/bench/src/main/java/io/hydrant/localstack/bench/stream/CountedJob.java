package io.hydrant.localstack.bench.stream;

import io.hydrant.localstack.bench.measure.LocalFlink;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A job whose records {@link Progress} counts, from outside; on Flink 2.3 or on 1.20. */
public final class CountedJob {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int LOOKS_PER_STATUS = 200;

    private CountedJob() {}

    /**
     * A job of nothing: on a cluster that has run jobs, the start of one shows what the connector
     * takes, not how long Flink's own classes take to load.
     */
    public static void warmUp(MiniCluster flink, Configuration config) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(1);
        env.fromSequence(1, 1).filter(one -> false).sinkTo(new DiscardingSink<>());
        JobID job = LocalFlink.submit(flink, env);
        flink.requestJobResult(job).get();
    }

    /** Until all records were counted; fails with the job. */
    public static void awaitRecords(MiniCluster flink, JobID job, Progress progress)
            throws Exception {
        for (int look = 1; !progress.at(Progress.counted()); look++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (look % LOOKS_PER_STATUS == 0
                    && flink.getJobStatus(job).get().isGloballyTerminalState()) {
                flink.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(CountedJob.class.getClassLoader());
                if (!progress.at(Progress.counted())) {
                    throw new IllegalStateException(
                            "The job ended after " + Progress.counted() + " records");
                }
            }
        }
    }
}
