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
            CountedJob.warmUp(flink, config);
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            CountedJob.awaitRecords(flink, job, progress);
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
            CountedJob.warmUp(flink, config);
            long start = System.currentTimeMillis();
            JobID job = LocalFlink.submit(flink, env);
            Progress progress = new Progress(settings.records());
            CountedJob.awaitRecords(flink, job, progress);
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

    private static StreamExecutionEnvironment environment(
            Configuration config, StreamCaseSettings settings) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(settings.parallelism());
        return env;
    }
}
