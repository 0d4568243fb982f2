package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.OutOfRange;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(120)
class KinesisSinkITCase {

    private static final int RECORDS = 2_000;

    /** Records that the source emits between two checkpoints, in all its tasks together. */
    private static final int PER_CHECKPOINT = 250;

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    /** The streams of the tests; tasks run in this process and find them by name. */
    private static final Map<String, FakePutStream> STREAMS = new ConcurrentHashMap<>();

    private static final Queue<String> REJECTED = new ConcurrentLinkedQueue<>();

    private final FakePutStream stream = new FakePutStream(4);
    private final String name = JobID.generate().toString();

    @BeforeEach
    void openStream() {
        STREAMS.put(name, stream);
        REJECTED.clear();
        FailAfterCheckpoint.armed.set(false);
    }

    @AfterEach
    void closeStream() {
        STREAMS.remove(name);
    }

    @Test
    void deliversEveryRecordThroughFailedRecordsFailedCallsAndARestart() throws Exception {
        stream.faultOfCalls(
                call -> call % 7 == 0 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        stream.faultOfRecords(
                (call, shard, entry) ->
                        (entry.partitionKey().hashCode() + call) % 5 == 0
                                ? FakePutStream.THROTTLED
                                : null);
        FailAfterCheckpoint.armed.set(true);

        execute(options(), 2);

        assertThat(FailAfterCheckpoint.armed).isFalse();
        assertThat(stream.read(OutOfRange.EMIT)).containsAll(everyRecord());
    }

    @Test
    void deliversEveryRecordAggregatedThroughReshardsAndARestart() throws Exception {
        stream.faultOfRecords(
                (call, shard, entry) -> {
                    if (call == 3) {
                        stream.split("shardId-000000000001");
                    }
                    if (call == 6) {
                        stream.merge("shardId-000000000002", "shardId-000000000003");
                    }
                    return call % 4 == 0 ? FakePutStream.THROTTLED : null;
                });
        FailAfterCheckpoint.armed.set(true);
        Configuration options = options();
        options.set(KinesisSinkOptions.AGGREGATION_ENABLED, true);

        execute(options, 2);

        assertThat(FailAfterCheckpoint.armed).isFalse();
        assertThat(stream.read(OutOfRange.DROP_AGGREGATE)).containsAll(everyRecord());
        assertThat(stream.stored()).hasSizeLessThan(RECORDS / 4);
    }

    @Test
    void deliversEveryRecordOnceWhenNothingFails() throws Exception {
        execute(options(), 2);

        assertThat(stream.read(OutOfRange.EMIT)).containsExactlyInAnyOrderElementsOf(everyRecord());
    }

    @Test
    void countsWhatItPutsAndWhatItPutsAgain() throws Exception {
        stream.faultOfRecords(
                (call, shard, entry) ->
                        call == 1 ? FakePutStream.THROTTLED : call == 2 ? "InternalFailure" : null);

        JobID job = execute(options(), 1).getJobID();

        assertThat(metric(job, "putKinesisRecords")).isEqualTo(RECORDS);
        assertThat(metric(job, "putCalls")).isEqualTo(stream.calls());
        assertThat(metric(job, "putThrottledRecords")).isEqualTo(100);
        assertThat(metric(job, "putRetriedRecords")).isEqualTo(200);
        assertThat(metric(job, "numRecordsSendErrors")).isEqualTo(200);
        assertThat(metric(job, "numRecordsSend")).as("attempts").isEqualTo(RECORDS + 200);
        String kpl = "KinesisStreamSink.";
        assertThat(metric(job, kpl + "UserRecordsReceived")).isEqualTo(RECORDS);
        assertThat(metric(job, kpl + "UserRecordsPending")).isZero();
        assertThat(metric(job, kpl + "UserRecordsPut")).isEqualTo(RECORDS);
        assertThat(metric(job, kpl + "KinesisRecordsPut")).isEqualTo(RECORDS);
        assertThat(metric(job, kpl + "KinesisRecordsDataPut"))
                .isEqualTo(metric(job, kpl + "UserRecordsDataPut"))
                .isEqualTo(stream.stored().stream().mapToInt(PutEntry::sizeBytes).sum());
        assertThat(metric(job, kpl + "AllErrors")).isEqualTo(200);
        assertThat(metric(job, kpl + "ErrorCode.InternalFailure.ErrorsByCode")).isEqualTo(100);
    }

    @Test
    void carriesWaitingRecordsThroughASavepointToAnotherParallelism(@TempDir Path savepoints)
            throws Exception {
        Configuration options = options();
        // Each of three tasks has 83 records from checkpoint to checkpoint, of which 50 are put and
        // 33 wait. But for the savepoint there is an hour between them: however late that comes,
        // the
        // job has not ended.
        options.setString("sink.batch.max-size", "50");
        StreamExecutionEnvironment first = environment(3, new Configuration());
        first.enableCheckpointing(Duration.ofHours(1).toMillis());
        job(first, sink(options));
        JobClient job = first.executeAsync();
        String savepoint;
        try {
            while (stream.stored().size() < 3 * 50) {
                Thread.onSpinWait();
            }
            savepoint =
                    job.stopWithSavepoint(
                                    false, savepoints.toString(), SavepointFormatType.CANONICAL)
                            .get(60, TimeUnit.SECONDS);
        } finally {
            job.cancel().exceptionally(alreadyEnded -> null).get(60, TimeUnit.SECONDS);
        }
        Set<String> before = new HashSet<>(stream.read(OutOfRange.EMIT));
        assertThat(before).as("stopped on the way").hasSizeLessThan(RECORDS);

        Configuration recovery = new Configuration();
        recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment second = environment(1, recovery);
        job(second, sink(options));
        second.execute();

        assertThat(stream.read(OutOfRange.EMIT)).containsExactlyInAnyOrderElementsOf(everyRecord());
    }

    @Test
    void keepsItsMemoryWithinASmallBoundAndStillEnds() throws Exception {
        Configuration options = options();
        options.setString("sink.record.max-size", "100");
        options.setString("sink.flush-buffer.size", "100");
        options.setString("sink.requests.max-buffered-size", "200");

        execute(options, 1);

        assertThat(stream.read(OutOfRange.EMIT)).containsExactlyInAnyOrderElementsOf(everyRecord());
        assertThat(stream.callSizes()).allMatch(size -> size <= 100 / "record 0".length());
    }

    @Test
    void handsRecordsThatCannotBePutToTheirHandlerAndGoesOn() throws Exception {
        String streamName = name;
        StreamExecutionEnvironment env = environment(1, new Configuration());
        env.fromData("good", "far too long", "fine")
                .sinkTo(
                        KinesisSink.<String>builder().stream(FakePutStream.ARN)
                                .api(() -> STREAMS.get(streamName))
                                .serializer(new SimpleStringSchema())
                                .partitionKey(element -> "k")
                                .config(
                                        KinesisSinkConfig.from(
                                                Configuration.fromMap(
                                                        Map.of("sink.record.max-size", "8"))))
                                .rejected(new CollectingRejected())
                                .build());
        env.execute();

        assertThat(stream.read(OutOfRange.EMIT)).containsExactlyInAnyOrder("good", "fine");
        assertThat(REJECTED)
                .hasSize(2)
                .contains("kept safe")
                .anyMatch(
                        reason ->
                                reason.startsWith(
                                        "The record has 13 bytes with its partition key, more than 8"));
    }

    @Test
    void leavesRecordsThatCannotBePutOutAndCountsThemWhenToldTo() throws Exception {
        Configuration options = options();
        options.setString("sink.record.max-size", "19");
        options.set(KinesisSinkOptions.REJECTED_RECORDS, Rejection.DROP);

        JobID job = execute(options, 1).getJobID();

        assertThat(stream.read(OutOfRange.EMIT))
                .as("'record 999' has ten bytes, and is its own key")
                .containsExactlyInAnyOrderElementsOf(everyRecord().subList(0, 100));
        assertThat(metric(job, "rejectedRecords")).isEqualTo(RECORDS - 100);
    }

    @Test
    void keepsTheOrderOfEachKeyThroughFailuresAndARestart() throws Exception {
        stream.shuffleCalls(new Random(1));
        stream.faultOfCalls(
                call -> call % 7 == 0 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        stream.faultOfRecords(
                (call, shard, entry) ->
                        (Arrays.hashCode(entry.data()) + call) % 5 == 0
                                ? FakePutStream.THROTTLED
                                : null);
        FailAfterCheckpoint.armed.set(true);
        Configuration options = options();
        options.set(KinesisSinkOptions.ORDER, SinkOrder.PARTITION_KEY);

        execute(options, 1, record -> "key " + number(record) % 40);

        assertThat(FailAfterCheckpoint.armed).isFalse();
        assertThat(stream.read(OutOfRange.EMIT)).containsAll(everyRecord());
        Map<Integer, List<Integer>> landed = new HashMap<>();
        for (String record : stream.read(OutOfRange.EMIT)) {
            int number = number(record);
            landed.computeIfAbsent(number % 40, key -> new ArrayList<>()).add(number);
        }
        assertThat(landed.values())
                .allSatisfy(
                        numbers ->
                                assertThat(new ArrayList<>(new LinkedHashSet<>(numbers)))
                                        .as("the order in which they landed first")
                                        .isSorted());
    }

    @Test
    void putsTheRecordsOfOtherShardsWhileThoseOfAThrottledOnePause() throws Exception {
        String hot = "shardId-000000000000";
        stream.faultOfRecords(
                (call, shard, entry) -> shard.equals(hot) ? FakePutStream.THROTTLED : null);
        Configuration options = options();
        options.setString("sink.requests.max-inflight", "2");
        options.setString("sink.flush-buffer.timeout", "10 ms");
        options.setString("sink.retry.backoff.initial", "1 h");
        options.setString("sink.retry.backoff.max", "1 h");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.fromSequence(0, RECORDS - 1)
                .map(number -> "record " + number)
                .sinkTo(sink(options))
                .uid("sink");
        long others =
                everyRecord().stream()
                        .filter(record -> !stream.shardOf(record).equals(hot))
                        .count();

        JobClient job = env.executeAsync();

        try {
            while (stream.stored().size() < others) {
                assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
                Thread.onSpinWait();
            }
        } finally {
            job.cancel().get(60, TimeUnit.SECONDS);
        }
        assertThat(stream.stored(hot)).isEmpty();
    }

    @Test
    void writesEachSubtaskToOneShardWithFixedKeys() throws Exception {
        Configuration options = options();
        options.set(KinesisSinkOptions.PARTITION_KEY_STRATEGY, PartitionKeyStrategy.FIXED);

        execute(options, 2);

        assertThat(stream.stored())
                .extracting(PutEntry::partitionKey)
                .hasSize(RECORDS)
                .containsOnly("0", "1");
    }

    @Test
    void failsTheJobWithTheWayOutWhenPuttingIsNotAllowed() {
        stream.faultOfCalls(call -> FakePutStream.serviceError(400, "AccessDeniedException"));

        assertThatThrownBy(() -> execute(options(), 1))
                .hasStackTraceContaining(
                        "Allow this identity kinesis:PutRecords on " + FakePutStream.ARN);
    }

    @Test
    void failsTheJobWhenPuttingEndsWithAnError() {
        stream.faultOfCalls(
                call -> {
                    throw new NoClassDefFoundError("gone/Missing");
                });

        assertThatThrownBy(() -> execute(options(), 1)).hasStackTraceContaining("gone/Missing");
    }

    @Test
    void failsTheJobAtTheFirstFailedRecordWhenToldTo() {
        stream.faultOfRecords((call, shard, entry) -> call == 1 ? FakePutStream.THROTTLED : null);
        Configuration options = options();
        options.set(KinesisSinkOptions.FAIL_ON_ERROR, true);

        assertThatThrownBy(() -> execute(options, 1))
                .hasStackTraceContaining("sink.fail-on-error is true")
                .hasStackTraceContaining(FakePutStream.THROTTLED);
    }

    /** The sink's metric of that name, whether counter or gauge. */
    private static long metric(JobID job, String metricName) {
        Metric metric =
                METRICS.findMetrics(job, ".*sink: Writer.*\\." + metricName + "$").values().stream()
                        .findFirst()
                        .orElseThrow();
        return metric instanceof Counter counter
                ? counter.getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    /** Batches of 100, so that some records always wait when a checkpoint comes. */
    private static Configuration options() {
        return Configuration.fromMap(
                Map.of(
                        "sink.batch.max-size", "100",
                        "sink.flush-buffer.timeout", "1 h",
                        "sink.retry.backoff.initial", "1 ms",
                        "sink.retry.backoff.max", "2 ms"));
    }

    private JobExecutionResult execute(Configuration options, int parallelism) throws Exception {
        return execute(options, parallelism, record -> record);
    }

    private JobExecutionResult execute(
            Configuration options, int parallelism, PartitionKey<String> key) throws Exception {
        Configuration restarts = new Configuration();
        if (FailAfterCheckpoint.armed.get()) {
            restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        } else {
            restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        }
        StreamExecutionEnvironment env = environment(parallelism, restarts);
        job(env, sink(options, key));
        return env.execute();
    }

    private static StreamExecutionEnvironment environment(int parallelism, Configuration extra) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(extra);
        env.setParallelism(parallelism);
        env.enableCheckpointing(50);
        return env;
    }

    private static void job(StreamExecutionEnvironment env, KinesisSink<String> sink) {
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> "record " + index,
                                RECORDS,
                                RateLimiterStrategy.perCheckpoint(PER_CHECKPOINT),
                                Types.STRING),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new FailAfterCheckpoint())
                .uid("fail")
                .sinkTo(sink)
                .name("sink")
                .uid("sink");
    }

    private static int number(String record) {
        return Integer.parseInt(record.substring("record ".length()));
    }

    private KinesisSink<String> sink(Configuration options) {
        return sink(options, record -> record);
    }

    private KinesisSink<String> sink(Configuration options, PartitionKey<String> key) {
        String streamName = name;
        return KinesisSink.<String>builder().stream(FakePutStream.ARN)
                .api(() -> STREAMS.get(streamName))
                .serializer(new SimpleStringSchema())
                .partitionKey(key)
                .config(KinesisSinkConfig.from(options))
                .build();
    }

    private static List<String> everyRecord() {
        return IntStream.range(0, RECORDS).mapToObj(i -> "record " + i).toList();
    }

    /** Remembers why records were rejected, and when it was asked to keep them safe. */
    private static final class CollectingRejected implements RejectedRecords {

        private static final long serialVersionUID = 1L;

        @Override
        public void rejected(String partitionKey, byte[] data, String reason) {
            REJECTED.add(reason);
        }

        @Override
        public void flush() {
            if (!REJECTED.contains("kept safe")) {
                REJECTED.add("kept safe");
            }
        }
    }

    /** Fails the job once, right after a checkpoint that it restores from. */
    private static final class FailAfterCheckpoint
            implements MapFunction<String, String>, CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean armed = new AtomicBoolean();

        @Override
        public String map(String value) {
            return value;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (checkpointId > 1 && armed.compareAndSet(true, false)) {
                throw new IllegalStateException("Failed on purpose after a checkpoint");
            }
        }
    }
}
