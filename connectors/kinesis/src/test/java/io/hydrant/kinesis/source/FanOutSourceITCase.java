package io.hydrant.kinesis.source;

import io.hydrant.kinesis.FakeFanOut;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.stream.StreamConsumer;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(180)
class FanOutSourceITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private Path savepoints;

    private final FakeStream stream = FakeStream.create(3);
    private final FakeFanOut fanOut = FakeFanOut.of(stream);
    private final Records records = new Records(stream);
    private final Probe probe = new Probe();
    private final Map<String, String> options = new HashMap<>();
    private final Configuration cluster = new Configuration();
    private RunningJob job;

    @BeforeEach
    void configure() {
        cluster.setString("restart-strategy.type", "fixed-delay");
        cluster.setString("restart-strategy.fixed-delay.attempts", "20");
        cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
        cluster.setString("execution.checkpointing.interval", "50 ms");
        options.put("source.reader.type", "EFO");
        options.put("source.efo.consumer.name", "app");
        options.put("source.efo.describe.retry-strategy.delay.min", "1 ms");
        options.put("source.init.position", "TRIM_HORIZON");
        options.put("source.shard.discovery.interval", "50 ms");
        options.put("source.reader.threads", "2");
    }

    @AfterEach
    void endJob() throws Exception {
        probe.goOn();
        if (job != null) {
            job.end();
        }
        fanOut.close();
    }

    @Test
    void keepsEveryRecordInStateOnceOverFailuresAndEndsOfSubscriptions() throws Exception {
        fanOut.eventsPerSubscription(5);
        fanOut.recordsPerEvent(7);
        putMixture();
        job = start(2);
        for (int round = 1; round <= 3; round++) {
            int checkpoints = probe.checkpoints();
            job.await(() -> probe.checkpoints() > checkpoints + 1);
            fanOut.breakAll(SdkClientException.create("reset", new IOException("reset")));
            probe.failTimes(1);
            putMixture();
            int expected = round;
            job.await(() -> probe.failures() == expected);
        }

        awaitAllRecordsOnce();
        assertThat(fanOut.overlaps()).isZero();
    }

    @Test
    void restoresFromACheckpointInsideAnAggregate() throws Exception {
        cluster.setString("execution.checkpointing.interval", "1 h");
        records.aggregate("one-key", 9_000);
        probe.pauseAt(100);
        job = start(1);
        probe.awaitPaused();
        String savepoint = job.savepoint(savepoints);
        assertThat(probe.sizeAtSnapshot()).isBetween(100, 8_999);
        job.cancel();

        probe.clear();
        cluster.setString("execution.state-recovery.path", savepoint);
        job = start(1);

        awaitAllRecordsOnce();
    }

    @Test
    void followsSplitsAndMergesWhileItIsSubscribed() throws Exception {
        records.plain(200);
        job = start(2);
        // Before the first checkpoint the order over reshards is not promised.
        job.await(() -> probe.total() == records.count() && probe.checkpoints() > 0);
        for (int round = 0; round < 3; round++) {
            List<String> open =
                    stream.allShards().stream().filter(s -> !s.closed()).map(s -> s.id()).toList();
            List<String> children = stream.split(open.get(0));
            records.plain(200);
            stream.merge(children.get(0), children.get(1));
            records.plain(200);
        }

        awaitAllRecordsOnce();
    }

    @Test
    void deregistersItsConsumerWhenItIsCancelled() throws Exception {
        records.plain(10);
        job = start(1);
        job.await(() -> probe.total() == records.count());
        assertThat(fanOut.consumers().get("app").status()).isEqualTo(StreamConsumer.Status.ACTIVE);

        job.cancel();

        job.await(() -> fanOut.consumers().calls().contains("deregister app"));
        job.await(() -> fanOut.open() == 0);
        job.await(() -> fanOut.consumers().closed() == 1);
    }

    @Test
    void keepsItsConsumerOverAFailureOfTheWholeJob() throws Exception {
        records.plain(10);
        job = start(1);
        job.await(() -> probe.total() == records.count());

        // Fatal for the enumerator, and so for all of the job.
        stream.failNextListing(
                KinesisException.builder().message("no such thing").statusCode(400).build());
        job.await(() -> fanOut.consumers().closed() == 1);
        records.plain(10);

        awaitAllRecordsOnce();
        assertThat(fanOut.consumers().calls())
                .doesNotContain("deregister app")
                .filteredOn(call -> call.startsWith("register"))
                .hasSize(1);
    }

    @Test
    void registersItsConsumerAgainWhenSomebodyElseDeregistersIt() throws Exception {
        records.plain(10);
        job = start(1);
        job.await(() -> probe.total() == records.count());

        fanOut.consumers().remove("app");
        fanOut.breakAll(SdkClientException.create("reset", new IOException("reset")));
        records.plain(10);

        awaitAllRecordsOnce();
    }

    @Test
    void leavesAConsumerAloneThatIsNotItsOwn() throws Exception {
        options.put("source.efo.lifecycle", "SELF_MANAGED");
        fanOut.consumers().register(stream.arn(), "app");
        records.plain(10);
        job = start(1);
        job.await(() -> probe.total() == records.count());

        job.cancel();

        job.await(() -> fanOut.consumers().closed() == 1);
        assertThat(fanOut.consumers().get("app").status()).isEqualTo(StreamConsumer.Status.ACTIVE);
    }

    @Test
    void failsWithAMessageThatSaysHowToRegisterAMissingConsumer() throws Exception {
        cluster.setString("restart-strategy.type", "none");
        options.put("source.efo.lifecycle", "SELF_MANAGED");
        job = start(1);

        assertThatThrownBy(() -> job.result())
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("has no consumer 'app'")
                .hasStackTraceContaining("aws kinesis register-stream-consumer");
    }

    private void putMixture() {
        records.plain(120);
        records.aggregate("aggregated-a", 300);
        records.plain(30);
        records.aggregate("aggregated-b", 1);
        records.aggregate("aggregated-c", 50);
    }

    private void awaitAllRecordsOnce() throws Exception {
        job.await(() -> probe.distinct() == records.count());
        assertThat(probe.total()).isEqualTo(records.count());
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
    }

    private RunningJob start(int parallelism) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        env.fromSource(
                        KinesisSource.of(
                                stream.arn(),
                                KinesisSourceConfig.from(Configuration.fromMap(options)),
                                stream.factory(),
                                fanOut.access()),
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
        return new RunningJob(env.executeAsync());
    }
}
