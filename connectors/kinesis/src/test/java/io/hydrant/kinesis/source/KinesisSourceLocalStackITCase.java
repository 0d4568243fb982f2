package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordDecoding;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@LocalStackTest
class KinesisSourceLocalStackITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final KinesisClient kinesis;
    private final LocalStack localStack;
    private final UniqueNames names;
    private final Probe probe = new Probe();
    private long next;

    KinesisSourceLocalStackITCase(KinesisClient kinesis, LocalStack localStack, UniqueNames names) {
        this.kinesis = kinesis;
        this.localStack = localStack;
        this.names = names;
    }

    @ParameterizedTest
    @EnumSource(RecordDecoding.class)
    void readsEveryRecordOnceOverASplitAMergeAndAFailure(RecordDecoding decoding) throws Exception {
        String stream = names.newStream("reshard", 2);
        put(stream, 100);
        putAggregate(stream, 200);
        JobClient job = start(stream, config("TRIM_HORIZON", decoding));
        // Before the first checkpoint the order over reshards is not promised.
        await(job, () -> probe.total() == next && probe.checkpoints() > 0);

        String parent = shards(stream).get(0).id();
        split(stream, parent);
        List<String> children = childrenOf(stream, parent);
        put(stream, 100);
        putAggregate(stream, 200);
        probe.failTimes(1);
        kinesis.mergeShards(
                r ->
                        r.streamName(stream)
                                .shardToMerge(children.get(0))
                                .adjacentShardToMerge(children.get(1)));
        names.awaitActive(stream);
        put(stream, 100);

        await(job, () -> probe.distinct() == next);
        assertThat(probe.failures()).isEqualTo(1);
        assertThat(probe.total()).isEqualTo((int) next);
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
        job.cancel().get();
    }

    /** Without a reshard, because LocalStack does not tell subscribers of a shard's end. */
    @Test
    void readsEveryRecordOnceByEnhancedFanOutOverAFailure() throws Exception {
        String stream = names.newStream("fan-out", 2);
        put(stream, 100);
        putAggregate(stream, 200);
        JobClient job =
                start(
                        stream,
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.init.position", "TRIM_HORIZON",
                                                "source.reader.type", "EFO",
                                                "source.efo.consumer.name", "app"))));
        await(job, () -> probe.total() == next);
        int checkpoints = probe.checkpoints();
        await(job, () -> probe.checkpoints() > checkpoints + 1);

        probe.failTimes(1);
        put(stream, 100);

        await(job, () -> probe.distinct() == next);
        assertThat(probe.failures()).isEqualTo(1);
        assertThat(probe.total()).isEqualTo((int) next);
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
        job.cancel().get();
        Conditions.until(
                PATIENCE,
                "the consumer to be gone",
                () ->
                        kinesis.listStreamConsumers(r -> r.streamARN(arn(stream).toString()))
                                .consumers()
                                .isEmpty());
    }

    @Test
    void readsFromNowOnWithLatest() throws Exception {
        String stream = names.newStream("latest", 2);
        put(stream, 10);
        // LATEST is the second in which the service was first asked, so that one has to pass.
        Instant put = Instant.now();
        Conditions.until(
                PATIENCE, "the next seconds", () -> Instant.now().isAfter(put.plusSeconds(2)));
        JobClient job = start(stream, "LATEST");
        await(job, () -> probe.checkpoints() > 0);
        put(stream, 15);

        await(job, () -> probe.total() == 15);
        job.cancel().get();
    }

    @Test
    void scansAllThatAStreamHolds() throws Exception {
        String stream = names.newStream("scan", 2);
        put(stream, 60);
        putAggregate(stream, 50);
        split(stream, shards(stream).get(1).id());
        put(stream, 40);
        Set<String> seen = new HashSet<>();

        try (StreamApi api = api(stream)) {
            ShardScanner scanner = new ShardScanner(api, arn(stream), config("TRIM_HORIZON"));
            for (Shard shard : scanner.shards()) {
                scanner.scan(
                        shard,
                        Instant.now(),
                        record -> assertThat(seen.add(record.identity().toString())).isTrue(),
                        (s, records, behind) -> {});
            }
        }

        assertThat(seen).hasSize(150);
    }

    @Test
    void findsPlacesInAShard() throws Exception {
        String stream = names.newStream("places", 1);
        put(stream, 3);
        try (StreamApi api = api(stream)) {
            String shard =
                    api.listShards(arn(stream), new ShardSelection.Readable()).shards().get(0).id();
            List<Envelope> all = read(api, stream, shard, new Position.TrimHorizon());
            assertThat(all).extracting(Records::number).containsExactly(0L, 1L, 2L);

            String second = all.get(1).sequence();
            assertThat(read(api, stream, shard, new Position.Behind(second, 0)))
                    .containsExactly(all.get(1), all.get(2));
            assertThat(read(api, stream, shard, new Position.After(second)))
                    .containsExactly(all.get(2));
            Instant first = Instant.ofEpochMilli(all.get(0).arrivalMillis());
            assertThat(read(api, stream, shard, new Position.AtTimestamp(first))).isEqualTo(all);
        }
    }

    @Test
    void listsTheShardsThatMatter() throws Exception {
        String stream = names.newStream("listing", 1);
        String parent = shards(stream).get(0).id();
        split(stream, parent);
        List<String> children = childrenOf(stream, parent);
        try (StreamApi api = api(stream)) {
            ShardListing readable = api.listShards(arn(stream), new ShardSelection.Readable());

            assertThat(readable.serverTime())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(ids(readable)).contains(parent).containsAll(children);
            assertThat(readable.shards().get(0).closed()).isTrue();
            assertThat(ids(api.listShards(arn(stream), new ShardSelection.Open())))
                    .containsExactlyInAnyOrderElementsOf(children);
            assertThat(ids(api.listShards(arn(stream), new ShardSelection.After(parent))))
                    .containsExactlyInAnyOrderElementsOf(children);
            assertThat(
                            ids(
                                    api.listShards(
                                            arn(stream),
                                            new ShardSelection.Since(
                                                    Instant.now().minusSeconds(1)))))
                    .containsAll(children);
        }
    }

    @Test
    void saysThatAStreamDoesNotExist() {
        String missing = names.stream("missing");
        try (StreamApi api = api(missing)) {
            ShardScanner scanner = new ShardScanner(api, arn(missing), config("TRIM_HORIZON"));

            assertThatThrownBy(scanner::shards)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining(missing)
                    .hasMessageContaining("create the stream before the job");
        }
    }

    private JobClient start(String stream, String position) throws Exception {
        return start(stream, config(position));
    }

    private JobClient start(String stream, KinesisSourceConfig config) throws Exception {
        Configuration cluster = new Configuration();
        cluster.setString("restart-strategy.type", "fixed-delay");
        cluster.setString("restart-strategy.fixed-delay.attempts", "3");
        cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
        cluster.setString("execution.checkpointing.interval", "200 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        env.fromSource(
                        KinesisSource.of(arn(stream), aws(), config),
                        WatermarkStrategy.noWatermarks(),
                        "kinesis")
                .setParallelism(2)
                .uid("kinesis")
                .map(new Ledger(probe.id()))
                .setParallelism(1)
                .uid("ledger")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("discard");
        return env.executeAsync();
    }

    private void await(JobClient job, BooleanSupplier condition) {
        Conditions.until(
                PATIENCE,
                "the job to have all " + next + " records",
                () -> {
                    assertThat(job.getJobStatus().get()).isNotEqualTo(JobStatus.FAILED);
                    return condition.getAsBoolean();
                });
    }

    private List<Envelope> read(StreamApi api, String stream, String shard, Position position) {
        String iterator = api.shardIterator(arn(stream), shard, position);
        return api.getRecords(arn(stream), shard, iterator, 100).records();
    }

    private void put(String stream, int count) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey("key-" + next % 20)
                            .data(SdkBytes.fromByteArrayUnsafe(payload()))
                            .build());
        }
        PutRecordsResponse response =
                kinesis.putRecords(r -> r.streamName(stream).records(entries));
        assertThat(response.failedRecordCount()).isZero();
    }

    private void putAggregate(String stream, int userRecords) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        for (int i = 0; i < userRecords; i++) {
            byte[] payload = payload();
            assertThat(aggregator.add("one-key", null, payload, 0, payload.length)).isTrue();
        }
        AggregatedRecord record = aggregator.build();
        kinesis.putRecord(
                r ->
                        r.streamName(stream)
                                .partitionKey(record.partitionKey())
                                .explicitHashKey(record.explicitHashKey())
                                .data(SdkBytes.fromByteArrayUnsafe(record.data())));
    }

    private byte[] payload() {
        return ByteBuffer.allocate(40).putLong(next++).array();
    }

    private void split(String stream, String shardId) {
        Shard shard =
                shards(stream).stream()
                        .filter(s -> s.id().equals(shardId))
                        .findFirst()
                        .orElseThrow();
        BigInteger first = new BigInteger(shard.hashKeys().first().decimal());
        BigInteger last = new BigInteger(shard.hashKeys().last().decimal());
        kinesis.splitShard(
                r ->
                        r.streamName(stream)
                                .shardToSplit(shardId)
                                .newStartingHashKey(first.add(last).shiftRight(1).toString()));
        names.awaitActive(stream);
    }

    private List<Shard> shards(String stream) {
        try (StreamApi api = api(stream)) {
            return api.listShards(arn(stream), new ShardSelection.Readable()).shards();
        }
    }

    private List<String> childrenOf(String stream, String parent) {
        return shards(stream).stream()
                .filter(shard -> shard.parents().contains(parent))
                .map(Shard::id)
                .toList();
    }

    private static List<String> ids(ShardListing listing) {
        return listing.shards().stream().map(Shard::id).toList();
    }

    private StreamApi api(String stream) {
        return SdkStreamApi.factory(aws(), arn(stream)).open();
    }

    private AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(
                localStack.endpoint(),
                localStack.region(),
                localStack.accessKey(),
                localStack.secretKey());
    }

    private StreamArn arn(String stream) {
        return new StreamArn("aws", localStack.region(), "000000000000", stream);
    }

    private static KinesisSourceConfig config(String position) {
        return config(position, KinesisSourceOptions.GET_RECORDS_DECODING.defaultValue());
    }

    private static KinesisSourceConfig config(String position, RecordDecoding decoding) {
        return KinesisSourceConfig.from(
                Configuration.fromMap(
                        Map.of(
                                "source.init.position",
                                position,
                                "source.shard.get-records.decoding",
                                decoding.name(),
                                "source.shard.discovery.interval",
                                "500 ms")));
    }
}
