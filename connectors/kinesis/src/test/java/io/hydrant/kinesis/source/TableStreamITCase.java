package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.kinesis.LocalTable;
import io.hydrant.kinesis.dynamodb.TableStreamApi;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.dynamodb.DynamoDbLocal;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The source on the stream of a table, in AWS' own double of DynamoDB. */
@Timeout(180)
class TableStreamITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Pattern NUMBER =
            Pattern.compile("\"NewImage\":\\{.*?\"n\":\\{\"N\":\"(\\d+)\"}");
    private static final int ITEMS = 7;

    private static DynamoDbLocal dynamo;

    @TempDir private Path savepoints;

    private final Probe probe = new Probe();
    private LocalTable table;
    private RunningJob job;
    private int changes;

    @BeforeAll
    static void startDynamo() throws Exception {
        dynamo = DynamoDbLocal.start();
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void createTable() throws Exception {
        table =
                LocalTable.create(
                        dynamo.endpoint(), "t-" + UUID.randomUUID(), "NEW_AND_OLD_IMAGES");
    }

    @AfterEach
    void endJob() throws Exception {
        probe.goOn();
        if (job != null) {
            job.end();
        }
    }

    @Test
    void readsEveryChangeOnceAndInOrderOverRolledShardsFailuresAndASavepoint() throws Exception {
        change(30);
        job = start(2, Map.of("execution.checkpointing.interval", "50 ms"), Map.of());
        // Before the first checkpoint the order over shards is not promised.
        job.await(() -> probe.distinct() == changes && probe.checkpoints() > 0);
        dynamo.rollShards();
        change(30);
        awaitAll();

        int checkpoints = probe.checkpoints();
        job.await(() -> probe.checkpoints() > checkpoints + 1);
        probe.failTimes(1);
        change(10);
        job.await(() -> probe.failures() == 1);
        dynamo.rollShards();
        change(30);
        awaitAll();

        String savepoint = job.savepoint(savepoints);
        job.cancel();
        change(20);
        dynamo.rollShards();
        change(20);
        probe.clear();
        job =
                start(
                        3,
                        Map.of(
                                "execution.checkpointing.interval",
                                "50 ms",
                                "execution.state-recovery.path",
                                savepoint),
                        Map.of());

        awaitAll();
        assertThat(probe.total()).isEqualTo(changes);
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
    }

    @Test
    void failsWhereTheStreamHasForgottenItsPositionAndGoesOnIfAskedTo() throws Exception {
        change(20);
        // Not at the newest record, or the position would count as read through.
        probe.pauseAt(5);
        job = start(1, Map.of(), Map.of());
        probe.awaitPaused();
        String savepoint = job.savepoint(savepoints);
        int held = probe.sizeAtSnapshot();
        job.cancel();
        dynamo.age(Duration.ofHours(25));
        awaitForgotten();
        change(5);
        Map<String, String> restored =
                Map.of(
                        "execution.state-recovery.path",
                        savepoint,
                        "execution.checkpointing.interval",
                        "50 ms",
                        "restart-strategy.type",
                        "none");

        probe.clear();
        job = start(1, restored, Map.of());
        assertThatThrownBy(() -> job.result())
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("of stream " + table.arn())
                .hasStackTraceContaining("has passed the stream's retention")
                .hasStackTraceContaining("set source.position-lost to CONTINUE");

        probe.clear();
        job = start(1, restored, Map.of("source.position-lost", "CONTINUE"));
        job.await(() -> probe.distinct() == held + 5);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void endsWithABoundedRead() throws Exception {
        change(40);

        job = start(2, Map.of(), Map.of("source.end.position", "NOW"));
        job.result();

        assertThat(probe.distinct()).isEqualTo(40);
    }

    /** Waits until the first shard of the stream holds nothing. */
    private void awaitForgotten() {
        try (TableStreamApi api = new TableStreamApi(access())) {
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the first shard to hold nothing",
                    () -> {
                        String shard =
                                api.listShards(table.arn(), new ShardSelection.Readable())
                                        .shards()
                                        .get(0)
                                        .id();
                        String oldest =
                                api.shardIterator(table.arn(), shard, new Position.TrimHorizon());
                        RecordPage page = api.getRecords(table.arn(), shard, oldest, 10);
                        return page.records().isEmpty() && page.nextIterator() == null;
                    });
        }
    }

    private static AwsClientConfig access() {
        return AwsClientConfig.forEndpoint(dynamo.endpoint(), "us-east-1", "test", "test");
    }

    private void change(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            table.put("item-" + changes % ITEMS, "'n':{'N':'" + changes++ + "'}");
        }
    }

    private void awaitAll() throws Exception {
        job.await(() -> probe.distinct() == changes);
    }

    private RunningJob start(
            int parallelism, Map<String, String> cluster, Map<String, String> source)
            throws Exception {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "restart-strategy.type", "fixed-delay",
                                "restart-strategy.fixed-delay.attempts", "20",
                                "restart-strategy.fixed-delay.delay", "10 ms"));
        settings.putAll(cluster);
        Map<String, String> options =
                new HashMap<>(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.shard.discovery.interval", "100 ms",
                                "source.shard.get-records.interval", "10 ms",
                                "source.reader.empty-records-fetch-interval", "10 ms",
                                "source.shard.get-records.max-record-count", "8"));
        options.putAll(source);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(settings));
        env.fromSource(
                        KinesisSource.of(
                                table.arn(),
                                access(),
                                KinesisSourceConfig.from(Configuration.fromMap(options))),
                        WatermarkStrategy.noWatermarks(),
                        "dynamodb")
                .setParallelism(parallelism)
                .uid("dynamodb")
                .map(TableStreamITCase::numbered)
                .returns(EnvelopeTypeInformation.INSTANCE)
                .setParallelism(parallelism)
                .uid("number")
                .map(new Ledger(probe.id()))
                .setParallelism(1)
                .uid("ledger")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("discard");
        return new RunningJob(env.executeAsync());
    }

    /** The record with the number of its change as its payload, as the ledger wants it. */
    private static Envelope numbered(Envelope record) {
        String json = new String(record.payloadCopy(), StandardCharsets.UTF_8);
        Matcher number = NUMBER.matcher(json);
        if (!number.find()) {
            throw new IllegalStateException("No number in " + json);
        }
        return record.withPayload(
                ByteBuffer.allocate(Long.BYTES).putLong(Long.parseLong(number.group(1))).array());
    }
}
