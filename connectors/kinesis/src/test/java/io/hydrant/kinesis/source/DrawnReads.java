package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream of a real server and a job that reads it, to both of which things happen by chance. */
final class DrawnReads implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int KEYS = 12;
    private static final int MAX_OPEN_SHARDS = 6;

    private final AwsClientConfig aws;
    private final Path savepoints;
    private final long seed;
    private final Random random;
    private final KinesisClient kinesis;
    private final StreamArn stream;
    private final Probe probe = new Probe();
    private final List<String> steps = new ArrayList<>();
    private JobClient job;
    private long next;

    DrawnReads(AwsClientConfig aws, Path savepoints, long seed) throws Exception {
        this.aws = aws;
        this.savepoints = savepoints;
        this.seed = seed;
        this.random = new Random(seed);
        this.kinesis = AwsClients.create(KinesisClient.builder(), aws);
        String name = "drawn-" + UUID.randomUUID();
        kinesis.createStream(r -> r.streamName(name).shardCount(2));
        awaitActive(name);
        this.stream =
                StreamArn.parse(
                        kinesis.describeStreamSummary(r -> r.streamName(name))
                                .streamDescriptionSummary()
                                .streamARN());
        start(1 + random.nextInt(3), null);
        // Before the first one, the order over reshards is not promised.
        await("a checkpoint", () -> probe.checkpoints() > 0);
    }

    /** Takes so many steps, and then waits until everything has come out. */
    void take(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            step();
        }
        put(KEYS);
        await("all records", () -> probe.distinct() == next);
        assertThat(probe.total()).as(this::toString).isEqualTo((int) next);
        assertThat(probe.doubled()).as(this::toString).isZero();
        assertThat(probe.outOfOrder()).as(this::toString).isZero();
    }

    private void step() throws Exception {
        int chance = random.nextInt(100);
        if (chance < 35) {
            int records = 1 + random.nextInt(40);
            steps.add("put " + records);
            put(records);
        } else if (chance < 60) {
            int records = 1 + random.nextInt(60);
            steps.add("put an aggregate of " + records);
            putAggregate(records);
        } else if (chance < 80) {
            reshard();
        } else if (chance < 90) {
            steps.add("fail");
            int failures = probe.failures();
            probe.failTimes(1);
            put(1);
            await("the failure", () -> probe.failures() > failures);
        } else {
            int parallelism = 1 + random.nextInt(3);
            steps.add("restore with parallelism " + parallelism);
            restore(parallelism);
        }
    }

    private void put(int count) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey("key-" + random.nextInt(KEYS))
                            .data(SdkBytes.fromByteArrayUnsafe(payload()))
                            .build());
        }
        assertThat(
                        kinesis.putRecords(r -> r.streamName(stream.stream()).records(entries))
                                .failedRecordCount())
                .isZero();
    }

    /** Of keys that one shard holds, as the Kinesis Producer Library makes them. */
    private void putAggregate(int count) {
        Shard shard = any(openShards());
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            if (shard.hashKeys().contains(HashKey.ofPartitionKey("key-" + key))) {
                keys.add("key-" + key);
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        for (int i = 0; i < count; i++) {
            byte[] payload = payload();
            aggregator.add(any(keys), null, payload, 0, payload.length);
        }
        AggregatedRecord record = aggregator.build();
        kinesis.putRecord(
                r ->
                        r.streamName(stream.stream())
                                .partitionKey(record.partitionKey())
                                .explicitHashKey(record.explicitHashKey())
                                .data(SdkBytes.fromByteArrayUnsafe(record.data())));
    }

    private byte[] payload() {
        return ByteBuffer.allocate(40).putLong(next++).array();
    }

    private void reshard() {
        List<Shard> open = openShards();
        Shard shard = any(open);
        BigInteger first = new BigInteger(shard.hashKeys().first().decimal());
        BigInteger last = new BigInteger(shard.hashKeys().last().decimal());
        if (open.size() < 2 || (open.size() < MAX_OPEN_SHARDS && random.nextBoolean())) {
            steps.add("split " + shard.id());
            kinesis.splitShard(
                    r ->
                            r.streamName(stream.stream())
                                    .shardToSplit(shard.id())
                                    .newStartingHashKey(first.add(last).shiftRight(1).toString()));
        } else {
            String next = last.add(BigInteger.ONE).toString();
            for (Shard other : open) {
                if (other.hashKeys().first().decimal().equals(next)) {
                    steps.add("merge " + shard.id() + " with " + other.id());
                    kinesis.mergeShards(
                            r ->
                                    r.streamName(stream.stream())
                                            .shardToMerge(shard.id())
                                            .adjacentShardToMerge(other.id()));
                    break;
                }
            }
        }
        awaitActive(stream.stream());
    }

    private List<Shard> openShards() {
        try (StreamApi api = SdkStreamApi.factory(aws, stream).open()) {
            return api.listShards(stream, new ShardSelection.Readable()).shards().stream()
                    .filter(shard -> !shard.closed())
                    .toList();
        }
    }

    private void restore(int parallelism) throws Exception {
        int checkpoints = probe.checkpoints();
        // A job that is about to come back after a failure takes no savepoint.
        await("the next checkpoint", () -> probe.checkpoints() > checkpoints);
        String savepoint =
                job.stopWithSavepoint(
                                false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
        probe.clear();
        start(parallelism, savepoint);
    }

    private void start(int parallelism, String savepoint) throws Exception {
        Configuration cluster = new Configuration();
        cluster.setString("restart-strategy.type", "fixed-delay");
        cluster.setString("restart-strategy.fixed-delay.attempts", "1000");
        cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
        cluster.setString("execution.checkpointing.interval", "100 ms");
        if (savepoint != null) {
            cluster.setString("execution.state-recovery.path", savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        KinesisSourceConfig config =
                KinesisSourceConfig.from(
                        Configuration.fromMap(
                                Map.of(
                                        "source.init.position", "TRIM_HORIZON",
                                        "source.shard.discovery.interval", "200 ms")));
        env.fromSource(
                        KinesisSource.of(stream, aws, config),
                        WatermarkStrategy.noWatermarks(),
                        "kinesis")
                .setParallelism(parallelism)
                .uid("kinesis")
                .map(new Ledger(probe.id()))
                .setParallelism(1)
                .uid("ledger")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("discard");
        job = env.executeAsync();
    }

    private void awaitActive(String name) {
        Conditions.until(
                PATIENCE,
                "the stream to be active",
                () ->
                        kinesis.describeStreamSummary(r -> r.streamName(name))
                                        .streamDescriptionSummary()
                                        .streamStatus()
                                == StreamStatus.ACTIVE);
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            Conditions.until(
                    PATIENCE,
                    what,
                    () -> {
                        assertThat(job.getJobStatus().get()).isNotEqualTo(JobStatus.FAILED);
                        return condition.getAsBoolean();
                    });
        } catch (AssertionError e) {
            throw new AssertionError(this + ", of which " + probe.distinct() + " came", e);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + String.join(", ", steps) + "; " + next + " records were put";
    }

    @Override
    public void close() throws Exception {
        if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        kinesis.deleteStream(r -> r.streamName(stream.stream()));
        kinesis.close();
    }
}
