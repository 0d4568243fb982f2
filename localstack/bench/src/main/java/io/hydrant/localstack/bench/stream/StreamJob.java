package io.hydrant.localstack.bench.stream;

import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** A job that only reads, or only writes, a stream; on Flink 2.3 or on 1.20. */
final class StreamJob {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int LOOKS_PER_STATUS = 200;

    /** How long to look for records that should not come. */
    private static final long SURPLUS_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private StreamJob() {}

    /** Reads until all records were counted, and stays for the idle time. */
    static <T> Measured read(
            StreamCaseSettings settings,
            BiFunction<StreamExecutionEnvironment, StreamCaseSettings, DataStream<T>> source)
            throws Exception {
        Configuration config = LocalFlink.configuration(settings.work());
        StreamExecutionEnvironment env = environment(config, settings);
        source.apply(env, settings)
                .filter(new RecordCount<>())
                .name("count")
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .name("nowhere")
                .uid("nowhere");
        try (MiniCluster flink = LocalFlink.start(config, settings.parallelism())) {
            warmUp(flink, config);
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            awaitRecords(flink, job, progress);
            long end = System.currentTimeMillis();
            LockSupport.parkNanos(SURPLUS_NANOS + TimeUnit.SECONDS.toNanos(settings.idleSeconds()));
            Measured measured =
                    new Measured(
                            start,
                            Progress.firstMillis(),
                            progress.warmMillis(),
                            progress.warmRecords(),
                            end,
                            Progress.counted(),
                            ProcessMeter.heapAfterCollection(),
                            0,
                            0,
                            0);
            flink.cancelJob(job).get();
            return measured;
        }
    }

    /** Puts that many records and waits until the sink is done with them. */
    static Measured put(StreamCaseSettings settings, Sink<byte[]> sink) throws Exception {
        Configuration config = LocalFlink.configuration(settings.work());
        StreamExecutionEnvironment env = environment(config, settings);
        env.fromSource(
                        new DataGeneratorSource<>(
                                new GeneratedPayloads(settings.load().recordBytes()),
                                settings.records(),
                                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
                        WatermarkStrategy.noWatermarks(),
                        "payloads")
                .uid("payloads")
                .sinkTo(sink)
                .name("sink")
                .uid("sink");
        try (MiniCluster flink = LocalFlink.start(config, settings.parallelism())) {
            warmUp(flink, config);
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            awaitRecords(flink, job, progress);
            flink.requestJobResult(job)
                    .get()
                    .toJobExecutionResult(StreamJob.class.getClassLoader());
            return new Measured(
                    start,
                    0,
                    progress.warmMillis(),
                    progress.warmRecords(),
                    0,
                    settings.records(),
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    0);
        }
    }

    /**
     * A job of nothing: on a cluster that has run jobs, the start of one shows what the connector
     * takes, not how long Flink's own classes take to load.
     */
    private static void warmUp(MiniCluster flink, Configuration config) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(1);
        env.fromSequence(1, 1).filter(one -> false).sinkTo(new DiscardingSink<>());
        JobID job = LocalFlink.submit(flink, env);
        flink.requestJobResult(job).get();
    }

    private static StreamExecutionEnvironment environment(
            Configuration config, StreamCaseSettings settings) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(settings.parallelism());
        return env;
    }

    /** Until all records were counted; fails with the job. */
    private static void awaitRecords(MiniCluster flink, JobID job, Progress progress)
            throws Exception {
        for (int look = 1; !progress.at(Progress.counted()); look++) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (look % LOOKS_PER_STATUS == 0
                    && flink.getJobStatus(job).get().isGloballyTerminalState()) {
                flink.requestJobResult(job)
                        .get()
                        .toJobExecutionResult(StreamJob.class.getClassLoader());
                if (!progress.at(Progress.counted())) {
                    throw new IllegalStateException(
                            "The job ended after " + Progress.counted() + " records");
                }
            }
        }
    }
}
