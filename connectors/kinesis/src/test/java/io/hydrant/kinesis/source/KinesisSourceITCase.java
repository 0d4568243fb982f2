package io.hydrant.kinesis.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.stream.StreamArn;

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

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(180)
class KinesisSourceITCase {

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
    private RunningJob job;

    @AfterEach
    void endJob() throws Exception {
        probe.goOn();
        if (job != null) {
            job.end();
        }
    }

    @Test
    void keepsEveryRecordInStateOnceOverFailures() throws Exception {
        putMixture();
        job = new Job().parallelism(2).checkpointEvery("50 ms").start();
        for (int round = 1; round <= 3; round++) {
            int checkpoints = probe.checkpoints();
            job.await(() -> probe.checkpoints() > checkpoints + 1);
            probe.failTimes(1);
            putMixture();
            int expected = round;
            job.await(() -> probe.failures() == expected);
        }

        awaitAllRecordsOnce();
        assertThat(probe.doubled()).isZero();
        assertThat(probe.outOfOrder()).isZero();
    }

    @Test
    void recoversOneTaskWhileTheOtherGoesOn() throws Exception {
        putMixture();
        job = new Job().parallelism(2).forward().checkpointEvery("50 ms").start();
        for (int round = 1; round <= 3; round++) {
            stream.split(stream.shardIds().get(round));
            putMixture();
            int checkpoints = probe.checkpoints();
            job.await(() -> probe.checkpoints() > checkpoints + 1);
            probe.failTimes(1);
            putMixture();
            int expected = round;
            job.await(() -> probe.failures() == expected);
        }

        awaitAllRecordsOnce();
    }

    @Test
    void restoresFromACheckpointInsideAnAggregate() throws Exception {
        records.aggregate("one-key", 9_000);
        probe.pauseAt(100);
        job = new Job().parallelism(1).start();
        probe.awaitPaused();
        String savepoint = job.savepoint(savepoints);

        assertThat(probe.sizeAtSnapshot()).isBetween(100, 8_999);
        job.cancel();
        probe.clear();
        job = new Job().parallelism(1).restoreFrom(savepoint).start();

        awaitAllRecordsOnce();
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void followsSplitsAndMergesWhileItRuns() throws Exception {
        records.plain(200);
        job = new Job().parallelism(2).checkpointEvery("50 ms").start();
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
        assertThat(probe.outOfOrder()).isZero();
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void followsASplitWithoutCheckpoints() throws Exception {
        records.plain(50);
        job = new Job().parallelism(1).start();
        job.await(() -> probe.total() == records.count());
        stream.split(stream.shardIds().get(0));
        records.plain(50);

        awaitAllRecordsOnce();
    }

    @Test
    void restoresWithMoreTasksFromACheckpointTakenDuringASplit() throws Exception {
        restoreDuringSplit(1, 3);
    }

    @Test
    void restoresWithFewerTasksFromACheckpointTakenDuringASplit() throws Exception {
        restoreDuringSplit(3, 1);
    }

    @Test
    void readsFromItsFirstStartOnWhenItFailsBeforeTheFirstCheckpoint() throws Exception {
        records.plain(20);
        int before = records.count();
        stream.advance(1_000);
        job = new Job().parallelism(1).from("LATEST").start();
        job.await(() -> stream.shardIds().stream().allMatch(id -> stream.reads(id) > 0));
        records.plain(30);
        job.await(() -> probe.total() == 30);

        probe.failTimes(1);
        records.plain(1);
        job.await(() -> probe.failures() == 1);

        job.await(() -> probe.total() == records.count() - before);
        assertThat(probe.distinct()).isEqualTo(31);
    }

    @Test
    void failsWhereTheStreamNoLongerHoldsItsPosition() throws Exception {
        String savepoint = savepointBelowTheRetention();

        job = new Job().parallelism(1).noRestart().restoreFrom(savepoint).start();

        assertThatThrownBy(() -> job.result())
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("has passed the stream's retention: records between ")
                .hasStackTraceContaining("set source.position-lost to CONTINUE");
    }

    @Test
    void continuesWhereTheStreamNoLongerHoldsItsPositionIfAskedTo() throws Exception {
        String savepoint = savepointBelowTheRetention();
        int restored = probe.sizeAtSnapshot();

        job = new Job().parallelism(1).positionLost("CONTINUE").restoreFrom(savepoint).start();

        job.await(() -> probe.distinct() == restored + 60);
        assertThat(probe.total()).isEqualTo(restored + 60);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void readsTheChildrenOfAShardThatIsGoneIfAskedTo() throws Exception {
        String savepoint = savepointBelowTheRetention();
        int restored = probe.sizeAtSnapshot();
        String parent = stream.shardIds().get(0);
        stream.trimAll(parent);
        stream.split(parent);
        stream.expire(parent);
        int held = stream.held();
        records.plain(60);

        job =
                new Job()
                        .parallelism(1)
                        .positionLost("CONTINUE")
                        .checkpointEvery("50 ms")
                        .restoreFrom(savepoint)
                        .start();

        job.await(() -> probe.distinct() == restored + held + 60);
        assertThat(probe.doubled()).isZero();
    }

    @Test
    void failsWithAMessageThatSaysWhatToDoWhenThereIsNoSuchStream() throws Exception {
        StreamArn missing = new StreamArn("aws", "us-east-1", "000000000000", "nowhere");
        job = new Job().parallelism(1).noRestart().of(missing).start();

        assertThatThrownBy(() -> job.result())
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> job.result())
                .hasStackTraceContaining("create the stream before the job");
    }

    @Test
    void endsAlthoughACallHangs() throws Exception {
        stream.blockReads();
        job = new Job().parallelism(1).with("source.reader.close.timeout", "3600000").start();
        job.await(() -> stream.blockedCalls() > 0);

        job.cancel();

        job.await(() -> job.status() == JobStatus.CANCELED);
        assertThat(stream.blockedCalls()).isZero();
    }

    /** Taken in the middle of shards of which nothing that they held then is left. */
    private String savepointBelowTheRetention() throws Exception {
        records.plain(3_000);
        probe.pauseAt(10);
        job = new Job().parallelism(1).start();
        probe.awaitPaused();
        String savepoint = job.savepoint(savepoints);
        assertThat(probe.sizeAtSnapshot()).isBetween(10, 2_999);
        job.cancel();
        probe.clear();
        stream.shardIds().forEach(stream::trimAll);
        records.plain(60);
        return savepoint;
    }

    private void restoreDuringSplit(int parallelism, int newParallelism) throws Exception {
        records.plain(100);
        job = new Job().parallelism(parallelism).start();
        job.await(() -> probe.total() == records.count());
        job.savepoint(savepoints);
        String parent = stream.shardIds().get(0);
        int before = records.count();
        stream.split(parent);
        records.plain(100);
        job.await(() -> stream.wasReadToEnd(parent) && probe.total() > before);
        String savepoint = job.savepoint(savepoints);
        job.cancel();
        records.plain(100);

        probe.clear();
        job =
                new Job()
                        .parallelism(newParallelism)
                        .checkpointEvery("50 ms")
                        .restoreFrom(savepoint)
                        .start();

        awaitAllRecordsOnce();
        assertThat(probe.doubled()).isZero();
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
    }

    private final class Job {

        private final Configuration cluster = new Configuration();
        private final Map<String, String> source = new HashMap<>();
        private StreamArn arn = stream.arn();
        private int parallelism = 1;
        private boolean forward;

        Job() {
            cluster.setString("restart-strategy.type", "fixed-delay");
            cluster.setString("restart-strategy.fixed-delay.attempts", "20");
            cluster.setString("restart-strategy.fixed-delay.delay", "10 ms");
            source.put("source.init.position", "TRIM_HORIZON");
            source.put("source.shard.discovery.interval", "50 ms");
            source.put("source.shard.get-records.interval", "5 ms");
            source.put("source.reader.empty-records-fetch-interval", "5 ms");
            source.put("source.shard.get-records.max-record-count", "40");
            source.put("source.reader.threads", "2");
        }

        Job parallelism(int tasks) {
            parallelism = tasks;
            return this;
        }

        /** Ties each source task to its own ledger, so that tasks fail one by one. */
        Job forward() {
            forward = true;
            return this;
        }

        Job checkpointEvery(String interval) {
            return with("execution.checkpointing.interval", interval);
        }

        Job restoreFrom(String savepoint) {
            return with("execution.state-recovery.path", savepoint);
        }

        Job noRestart() {
            return with("restart-strategy.type", "none");
        }

        Job with(String key, String value) {
            cluster.setString(key, value);
            return this;
        }

        Job from(String position) {
            source.put("source.init.position", position);
            return this;
        }

        Job positionLost(String reaction) {
            source.put("source.position-lost", reaction);
            return this;
        }

        Job of(StreamArn other) {
            arn = other;
            return this;
        }

        RunningJob start() throws Exception {
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.getExecutionEnvironment(cluster);
            SingleOutputStreamOperator<Envelope> read =
                    env.fromSource(
                                    KinesisSource.of(
                                            arn,
                                            KinesisSourceConfig.from(Configuration.fromMap(source)),
                                            stream.factory()),
                                    WatermarkStrategy.noWatermarks(),
                                    "kinesis")
                            .setParallelism(parallelism)
                            .uid("kinesis");
            read.map(new Ledger(probe.id()))
                    .setParallelism(forward ? parallelism : 1)
                    .uid("ledger")
                    .sinkTo(new DiscardingSink<>())
                    .setParallelism(forward ? parallelism : 1)
                    .uid("discard");
            return new RunningJob(env.executeAsync());
        }
    }
}
