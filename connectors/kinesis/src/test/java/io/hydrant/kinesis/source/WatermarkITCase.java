package io.hydrant.kinesis.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What jobs in event time get: a watermark per shard, idle shards, shards held together. */
@Timeout(120)
class WatermarkITCase {

    private static final Duration WINDOW = Duration.ofMillis(10);

    /** Records that windows counted, by test; shared with the job through the JVM. */
    private static final Map<String, AtomicInteger> COUNTED = new ConcurrentHashMap<>();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final FakeStream stream = FakeStream.create(3);
    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger counted = new AtomicInteger();
    private RunningJob job;

    WatermarkITCase() {
        COUNTED.put(id, counted);
    }

    @AfterEach
    void endJob() throws Exception {
        if (job != null) {
            job.end();
        }
    }

    @Test
    void countsEveryRecordOfABacklogThatIsReadShardByShard() throws Exception {
        List<String> shards = stream.shardIds();
        // One shard's records are older than all of the next one's, and few fit into a page.
        for (String shard : shards) {
            put(shard, 200);
        }
        job =
                start(
                        WatermarkStrategy.forMonotonousTimestamps(),
                        Map.of("source.end.position", "NOW"));
        job.await(
                () -> {
                    stream.advance(10);
                    return job.status() == JobStatus.FINISHED;
                });

        assertThat(counted).hasValue(600);
    }

    @Test
    void closesWindowsAlthoughAShardIsEmpty() throws Exception {
        List<String> shards = stream.shardIds();
        put(shards.get(0), 100);
        put(shards.get(1), 100);
        job =
                start(
                        WatermarkStrategy.<Envelope>forMonotonousTimestamps()
                                .withIdleness(Duration.ofMillis(100)),
                        Map.of());

        // Both shards have to be past a window before it counts, and the last one stays open.
        job.await(
                () -> {
                    put(shards.get(0), 1);
                    put(shards.get(1), 1);
                    return counted.get() > 200;
                });
    }

    @Test
    void readsAShardNoFurtherThanTheDriftAheadOfAnother() throws Exception {
        String behind = stream.shardIds().get(0);
        String third = stream.shardIds().get(1);
        String ahead = stream.shardIds().get(2);
        put(behind, 1);
        put(third, 1);
        int pages = 120;
        for (int i = 0; i < pages; i++) {
            stream.advance(1_000);
            put(ahead, 5);
        }
        stream.split(ahead);

        job =
                start(
                        WatermarkStrategy.<Envelope>forMonotonousTimestamps()
                                .withWatermarkAlignment(
                                        "streams", Duration.ofSeconds(2), Duration.ofMillis(10)),
                        Map.of(
                                "source.shard.get-records.max-record-count", "5",
                                "source.shard.get-records.interval", "40 ms"));
        job.await(() -> stream.reads(ahead) > 0 && standsStill(ahead));
        assertThat(stream.reads(ahead)).isLessThan(pages);

        put(behind, 1);
        put(third, 1);
        job.await(() -> stream.wasReadToEnd(ahead));
    }

    /** Whether a shard is not read while the other one is, many times. */
    private boolean standsStill(String shard) {
        int before = stream.reads(shard);
        int others = stream.reads(stream.shardIds().get(0));
        while (stream.reads(stream.shardIds().get(0)) < others + 10) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return stream.reads(shard) == before;
    }

    private void put(String shard, int records) {
        for (int i = 0; i < records; i++) {
            stream.putInto(shard, "key", "x".getBytes(StandardCharsets.UTF_8));
        }
    }

    private RunningJob start(WatermarkStrategy<Envelope> watermarks, Map<String, String> options)
            throws Exception {
        Configuration source = new Configuration();
        source.setString("source.init.position", "TRIM_HORIZON");
        source.setString("source.shard.discovery.interval", "50 ms");
        source.setString("source.shard.get-records.interval", "5 ms");
        source.setString("source.reader.empty-records-fetch-interval", "5 ms");
        source.setString("source.shard.get-records.max-record-count", "20");
        source.setString("source.reader.threads", "2");
        options.forEach(source::setString);
        Configuration cluster = new Configuration();
        cluster.setString("pipeline.auto-watermark-interval", "5 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        SingleOutputStreamOperator<Integer> counts =
                env.fromSource(
                                KinesisSource.of(
                                        stream.arn(),
                                        KinesisSourceConfig.from(source),
                                        stream.factory()),
                                watermarks,
                                "kinesis")
                        .setParallelism(1)
                        .uid("kinesis")
                        .windowAll(TumblingEventTimeWindows.of(WINDOW))
                        .aggregate(new Count())
                        .uid("count");
        counts.map(new Add(id))
                .setParallelism(1)
                .uid("add")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("discard");
        return new RunningJob(env.executeAsync());
    }

    private static final class Count implements AggregateFunction<Envelope, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer createAccumulator() {
            return 0;
        }

        @Override
        public Integer add(Envelope record, Integer count) {
            return count + 1;
        }

        @Override
        public Integer getResult(Integer count) {
            return count;
        }

        @Override
        public Integer merge(Integer a, Integer b) {
            return a + b;
        }
    }

    private static final class Add implements MapFunction<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final String id;

        Add(String id) {
            this.id = id;
        }

        @Override
        public Integer map(Integer count) {
            COUNTED.get(id).addAndGet(count);
            return count;
        }
    }
}
