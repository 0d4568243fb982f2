package io.hydrant.kinesis.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that read a stream up to a time and end by themselves. */
@Timeout(120)
class BoundedReadITCase {

    private static final int PAST_THE_END = 1_500;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private Path savepoints;

    private final FakeStream stream = FakeStream.create(3);
    private final Records records = new Records(stream);
    private final Probe probe = new Probe();
    private final Configuration cluster = new Configuration();
    private RunningJob job;

    @AfterEach
    void endJob() throws Exception {
        probe.goOn();
        if (job != null) {
            job.end();
        }
    }

    @Test
    void readsInBatchModeWhatHadArrivedAndEnds() throws Exception {
        records.plain(200);
        records.aggregate("aggregated", 300);
        List<String> children = stream.split(stream.shardIds().get(0));
        records.plain(100);
        stream.merge(children.get(0), children.get(1));
        records.plain(100);
        int expected = records.count();

        cluster.setString("execution.runtime-mode", "BATCH");
        job = start(2, Map.of("source.end.position", "NOW"));
        job.await(() -> !stream.listings().isEmpty());
        stream.advance(PAST_THE_END);
        records.plain(200);
        awaitEnd();

        assertThat(probe.total()).isEqualTo(expected);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void endsInBatchModeOnAStreamThatHoldsNothing() throws Exception {
        cluster.setString("execution.runtime-mode", "BATCH");
        job = start(2, Map.of("source.end.position", "NOW"));
        awaitEnd();

        assertThat(probe.total()).isZero();
    }

    @Test
    void readsWhatArrivesBeforeATimeToComeOverSplitsAndMerges() throws Exception {
        cluster.setString("execution.checkpointing.interval", "50 ms");
        long end = stream.now() + 100_000;
        records.plain(200);
        job = startUntil(end);
        // Before the first checkpoint the order over reshards is not promised.
        job.await(() -> probe.total() == records.count() && probe.checkpoints() > 0);
        List<String> children = stream.split(stream.shardIds().get(0));
        records.plain(200);
        stream.merge(children.get(0), children.get(1));
        records.plain(200);
        job.await(() -> probe.total() == records.count());

        int expected = records.count();
        stream.advance(end - stream.now());
        records.plain(50);
        stream.split(stream.shardIds().get(1));
        records.plain(50);
        awaitEnd();

        assertThat(probe.total()).isEqualTo(expected);
        assertThat(probe.outOfOrder()).isZero();
    }

    @Test
    void goesOnWithNowAsItWasWhenItIsRestored() throws Exception {
        records.plain(1_000);
        probe.pauseAt(100);
        job = start(1, Map.of("source.end.position", "NOW"));
        probe.awaitPaused();
        String savepoint = job.savepoint(savepoints);
        assertThat(probe.sizeAtSnapshot()).isBetween(100, 999);
        job.cancel();
        job.await(() -> job.status() == JobStatus.CANCELED);
        int expected = records.count();
        stream.advance(PAST_THE_END);
        records.plain(200);

        cluster.setString("execution.state-recovery.path", savepoint);
        probe.clear();
        job = start(2, Map.of("source.end.position", "NOW"));
        awaitEnd();

        assertThat(probe.distinct()).isEqualTo(expected);
        assertThat(probe.total()).isEqualTo(expected);
    }

    @Test
    void endsAReadThatBeganWithoutEnd() throws Exception {
        records.plain(300);
        job = start(1, Map.of());
        job.await(() -> probe.total() == records.count());
        String savepoint = job.savepoint(savepoints);
        job.cancel();
        job.await(() -> job.status() == JobStatus.CANCELED);
        records.plain(100);
        int expected = records.count();
        long end = stream.now() + 1;
        stream.advance(1);
        records.plain(100);

        cluster.setString("execution.state-recovery.path", savepoint);
        job = startUntil(end);
        awaitEnd();

        assertThat(probe.distinct()).isEqualTo(expected);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void drainsAReadThatBeganWithoutEnd() throws Exception {
        cluster.setString("execution.checkpointing.interval", "50 ms");
        records.plain(300);
        job = start(1, Map.of());
        job.await(() -> probe.total() == records.count());
        String savepoint = job.savepoint(savepoints);
        job.cancel();
        job.await(() -> job.status() == JobStatus.CANCELED);
        records.plain(100);
        stream.split(stream.shardIds().get(0));
        records.plain(100);
        int expected = records.count();

        // A listing of the job before would be taken for the one that says when NOW is.
        job.await(() -> stream.connections() == 0);
        int listings = stream.listings().size();
        cluster.setString("execution.state-recovery.path", savepoint);
        job = start(2, Map.of("source.end.position", "NOW"));
        job.await(() -> stream.listings().size() > listings);
        stream.advance(PAST_THE_END);
        records.plain(100);
        awaitEnd();

        assertThat(probe.distinct()).isEqualTo(expected);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void leavesNoGapAndSharesNoRecordWithTheReadThatBeginsWhereItEnds() throws Exception {
        records.plain(150);
        long middle = stream.now() - 70;
        job = startUntil(middle);
        awaitEnd();
        int first = probe.total();
        assertThat(first).isBetween(1, 149);

        job =
                start(
                        1,
                        Map.of(
                                "source.init.position", "AT_TIMESTAMP",
                                "source.init.timestamp", seconds(middle),
                                "source.end.position", "NOW"));
        awaitEnd();

        assertThat(first + probe.total()).isEqualTo(150);
    }

    private RunningJob startUntil(long end) throws Exception {
        return start(
                2,
                Map.of(
                        "source.end.position",
                        "AT_TIMESTAMP",
                        "source.end.timestamp",
                        seconds(end)));
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }

    private RunningJob start(int parallelism, Map<String, String> options) throws Exception {
        Configuration source = new Configuration();
        source.setString("source.init.position", "TRIM_HORIZON");
        source.setString("source.shard.discovery.interval", "50 ms");
        source.setString("source.shard.get-records.interval", "5 ms");
        source.setString("source.reader.empty-records-fetch-interval", "5 ms");
        source.setString("source.shard.get-records.max-record-count", "40");
        options.forEach(source::setString);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        SingleOutputStreamOperator<Envelope> read =
                env.fromSource(
                                KinesisSource.of(
                                        stream.arn(),
                                        KinesisSourceConfig.from(source),
                                        stream.factory()),
                                WatermarkStrategy.noWatermarks(),
                                "kinesis")
                        .setParallelism(parallelism)
                        .uid("kinesis");
        read.map(new Ledger(probe.id()))
                .setParallelism(1)
                .uid("ledger")
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1)
                .uid("discard");
        return new RunningJob(env.executeAsync());
    }

    /** Time goes by until the job has ended. */
    private void awaitEnd() throws Exception {
        job.await(
                () -> {
                    stream.advance(10);
                    return job.status() == JobStatus.FINISHED;
                });
    }
}
