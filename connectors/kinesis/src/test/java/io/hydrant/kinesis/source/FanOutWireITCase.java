package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.KinesisClients;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole way: a job, the SDK's clients, HTTP/2, event streams that end and break. */
@Timeout(180)
class FanOutWireITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/flights");

    private final Probe probe = new Probe();
    private FakeKinesis fake;
    private AwsClientConfig config;
    private KinesisClient client;
    private JobClient job;
    private long next;

    @BeforeEach
    void start() throws IOException {
        fake = FakeKinesis.start();
        fake.fanOut().untilTakeOver(Duration.ZERO);
        fake.fanOut().recordsPerEvent(20);
        config = AwsClientConfig.forEndpoint(fake.fanOutEndpoint(), "us-east-1", "key", "secret");
        client = KinesisClients.withoutRetries(config, STREAM);
        client.createStream(r -> r.streamName("flights").shardCount(2));
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        client.close();
        fake.close();
    }

    @Test
    void readsEveryRecordOnceWhateverBecomesOfItsSubscriptions() throws Exception {
        fake.fanOut().eventsPerSubscription(5);
        put(150);
        job = run();
        // Before the first checkpoint the order over reshards is not promised.
        await(() -> probe.total() == next && probe.checkpoints() > 0);

        fake.fanOut().failAll("InternalFailureException", "broken");
        put(150);
        fake.fanOut().disconnectAll();
        put(50);
        await(() -> probe.distinct() == next);
        client.splitShard(
                r ->
                        r.streamName("flights")
                                .shardToSplit("shardId-000000000000")
                                .newStartingHashKey(BigInteger.ONE.shiftLeft(126).toString()));
        put(100);
        probe.failTimes(1);
        put(50);
        await(() -> probe.failures() == 1);
        fake.fanOut().resetAll();
        put(50);

        await(() -> probe.distinct() == next);
        assertThat(probe.total()).isEqualTo((int) next);
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
    }

    @Test
    void leavesNoConsumerBehindWhenItIsCancelled() throws Exception {
        put(10);
        job = run();
        await(() -> probe.total() == next);
        assertThat(consumers()).isEqualTo(1);

        job.cancel().get();

        await(() -> consumers() == 0);
        await(() -> fake.fanOut().open() == 0);
    }

    private int consumers() {
        return client.listStreamConsumers(r -> r.streamARN(STREAM.toString())).consumers().size();
    }

    /** Every fifth record is one of a KPL aggregate. */
    private void put(int count) {
        for (int i = 0; i < count; i += 5) {
            for (int plain = 0; plain < 4; plain++) {
                String key = "key-" + next % 7;
                byte[] data = payload();
                client.putRecord(
                        r ->
                                r.streamName("flights")
                                        .partitionKey(key)
                                        .data(SdkBytes.fromByteArray(data)));
            }
            KplAggregator aggregator = new KplAggregator(1_000);
            byte[] data = payload();
            assertThat(aggregator.add("aggregated", null, data, 0, data.length)).isTrue();
            AggregatedRecord record = aggregator.build();
            client.putRecord(
                    r ->
                            r.streamName("flights")
                                    .partitionKey(record.partitionKey())
                                    .explicitHashKey(record.explicitHashKey())
                                    .data(SdkBytes.fromByteArray(record.data())));
        }
    }

    private byte[] payload() {
        return ByteBuffer.allocate(Long.BYTES).putLong(next++).array();
    }

    private void await(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            if (job.getJobStatus().get() == JobStatus.FAILED) {
                job.getJobExecutionResult().get();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        probe.total() + " of " + next + " records after too long a time");
            }
        }
    }

    private JobClient run() throws Exception {
        Configuration cluster = new Configuration();
        cluster.setString("execution.checkpointing.interval", "50 ms");
        cluster.setString("restart-strategy.type", "fixed-delay");
        cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.reader.type", "EFO",
                                "source.efo.consumer.name", "app",
                                "source.efo.subscription.timeout", "3 s",
                                "source.efo.describe.retry-strategy.delay.min", "10 ms",
                                "source.shard.discovery.interval", "50 ms"));
        env.fromSource(
                        KinesisSource.of(STREAM, config, KinesisSourceConfig.from(options)),
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
}
