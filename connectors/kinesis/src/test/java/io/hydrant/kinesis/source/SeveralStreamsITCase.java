package io.hydrant.kinesis.source;

import io.hydrant.kinesis.FakeAccount;
import io.hydrant.kinesis.FakeStream;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Several streams in one source, one of which is made while the job runs. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralStreamsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final FakeAccount account = new FakeAccount();
    private final List<Records> records = new ArrayList<>();
    private final Probe probe = new Probe();
    private RunningJob job;

    @AfterEach
    void endJob() throws Exception {
        if (job != null) {
            job.end();
        }
    }

    @Test
    void keepsEveryRecordOfEveryStreamOnceOverFailuresReshardsAndANewStream() throws Exception {
        FakeStream east = create("orders-east", 3);
        create("orders-west", 2);
        account.create("payments", 1).put("key", new byte[Long.BYTES]);
        putToAll();
        job = start();
        job.await(() -> probe.total() == count() && probe.checkpoints() > 0);

        east.split(east.shardIds().get(0));
        putToAll();
        create("orders-north", 1);
        putToAll();
        int checkpoints = probe.checkpoints();
        job.await(() -> probe.checkpoints() > checkpoints + 1);
        probe.failTimes(1);
        putToAll();
        job.await(() -> probe.failures() == 1);

        job.await(() -> probe.distinct() == count());
        assertThat(probe.total()).isEqualTo(count());
        assertThat(probe.doubled()).isZero();
    }

    private FakeStream create(String name, int shards) {
        FakeStream stream = account.create(name, shards);
        records.add(new Records(stream));
        return stream;
    }

    private void putToAll() {
        records.forEach(
                stream -> {
                    stream.plain(100);
                    stream.aggregate("one-key", 50);
                });
    }

    private int count() {
        return records.stream().mapToInt(Records::count).sum();
    }

    private RunningJob start() throws Exception {
        Configuration cluster = new Configuration();
        cluster.setString("execution.checkpointing.interval", "50 ms");
        cluster.setString("restart-strategy.type", "fixed-delay");
        cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.shard.discovery.interval", "50 ms",
                                "source.stream.discovery.interval", "50 ms",
                                "source.shard.get-records.interval", "5 ms",
                                "source.reader.empty-records-fetch-interval", "5 ms"));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        env.fromSource(
                        KinesisSource.of(
                                StreamSelection.pattern("orders-.*"),
                                KinesisSourceConfig.from(options),
                                account.apiFactory(),
                                account.directoryFactory()),
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
        return new RunningJob(env.executeAsync());
    }
}
