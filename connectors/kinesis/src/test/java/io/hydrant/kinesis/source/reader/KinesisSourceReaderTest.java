package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardLeftEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.source.split.SeenProducers;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class KinesisSourceReaderTest {

    private final FakeStream stream = FakeStream.create(5);
    private final List<KinesisSourceReader> opened = new ArrayList<>();
    private FakeReaderContext context = new FakeReaderContext();
    private boolean lossMarkers = true;
    private String end = "NONE";
    private CollectingOutput output = new CollectingOutput();
    private KinesisSourceReader reader = open();

    @AfterEach
    void close() throws Exception {
        for (KinesisSourceReader open : opened) {
            open.close();
        }
    }

    @Test
    void emitsRecordsWithTheirArrivalAsTimestamp() throws Exception {
        Envelope record = stream.putInto(shard(0), "key", new byte[] {1});
        reader.addSplits(List.of(split(0)));
        reader.start();

        pollUntil(() -> output.records().size() == 1);

        assertThat(output.records().get(0)).isEqualTo(record);
        assertThat(output.timestamps()).containsExactly(record.arrivalMillis());
    }

    @Test
    void readsMoreShardsThanItHasThreads() throws Exception {
        List<KinesisShardSplit> splits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stream.putInto(shard(i), "key", new byte[] {1});
            splits.add(split(i));
        }
        reader.start();
        reader.addSplits(splits.subList(0, 1));
        reader.addSplits(splits.subList(1, 5));

        pollUntil(() -> output.records().size() == 5);

        assertThat(output.records()).extracting(Envelope::shard).doesNotHaveDuplicates();
    }

    @Test
    void remembersThePlaceInsideAnAggregate() throws Exception {
        KplAggregator aggregator = new KplAggregator(1_000);
        for (byte i = 0; i < 3; i++) {
            assertThat(aggregator.add("key", null, new byte[] {i}, 0, 1)).isTrue();
        }
        Envelope aggregate = stream.putInto(shard(0), "key", aggregator.build().data());
        // The aggregate's own keys do not matter to a shard that holds all of them.
        KinesisShardSplit split =
                new KinesisShardSplit(
                        stream.arn(), shard(0), HashKeyRange.ALL, new Position.TrimHorizon());
        reader.addSplits(List.of(split));
        reader.start();
        pollUntil(() -> output.records().size() == 2);

        List<KinesisShardSplit> state = reader.snapshotState(1);
        assertThat(state).containsExactly(split.at(new Position.Behind(aggregate.sequence(), 1)));
        restart(state);
        pollUntil(() -> output.records().size() == 1);

        assertThat(output.records().get(0).subSequence()).isEqualTo(2);
    }

    @Test
    void remembersWhenItHadNothingLeftToRead() throws Exception {
        long before = System.currentTimeMillis();
        Envelope record = stream.putInto(shard(0), "key", new byte[] {1});
        reader.addSplits(List.of(split(0)));
        reader.start();
        pollUntil(() -> output.records().size() == 1);
        int reads = stream.reads(shard(0));
        pollUntil(() -> stream.reads(shard(0)) > reads + 1);
        KinesisShardSplit idle = reader.snapshotState(1).get(0);

        assertThat(idle.position()).isEqualTo(new Position.Behind(record.sequence(), 0));
        assertThat(idle.readThrough()).isBetween(before, System.currentTimeMillis());

        stream.trimAll(shard(0));
        restart(List.of(idle));
        int idleReads = stream.reads(shard(0));
        pollUntil(() -> stream.reads(shard(0)) > idleReads + 2);
        KinesisShardSplit later = reader.snapshotState(1).get(0);

        assertThat(later.position()).isEqualTo(idle.position());
        assertThat(later.readThrough()).isGreaterThan(idle.readThrough());
    }

    @Test
    void keepsAnEndedShardInItsStateUntilItsEndIsRecorded() throws Exception {
        stream.split(shard(0));
        reader.addSplits(List.of(split(0)));
        reader.start();
        pollUntil(() -> context.sent().size() == 2);

        assertThat(context.sent())
                .containsExactly(
                        new ReaderStartedEvent(List.of(split(0).splitId()), List.of()),
                        new ShardsFinishedEvent(List.of(split(0).splitId())));
        assertThat(reader.snapshotState(1)).containsExactly(split(0).at(new Position.End()));
        assertThat(reader.snapshotState(2)).hasSize(1);

        reader.handleSourceEvents(new FinishRecordedEvent(List.of(split(0).splitId())));
        assertThat(reader.snapshotState(3)).isEmpty();
    }

    @Test
    void reportsAgainWhatItsStateSaysHasEndedAndReadsItNoMore() throws Exception {
        KinesisShardSplit ended = split(0).at(new Position.End());
        stream.putInto(shard(0), "key", new byte[] {1});
        reader.addSplits(List.of(ended, split(1)));
        reader.start();

        assertThat(context.sent())
                .containsExactly(
                        new ReaderStartedEvent(
                                List.of(split(1).splitId()), List.of(ended.splitId())));
        pollUntil(() -> stream.reads(shard(1)) > 0);
        assertThat(stream.reads(shard(0))).isZero();
        assertThat(reader.snapshotState(1))
                .extracting(KinesisShardSplit::position)
                .containsExactlyInAnyOrder(ended.position(), split(1).position());
    }

    @Test
    void remembersSinceWhenAShardWasToBeReadOnlyWhileNothingWasRead() throws Exception {
        // A shard is read once it is added: an empty answer would be a read, too.
        Envelope record = stream.putInto(shard(0), "key", new byte[] {1});
        stream.putInto(shard(0), "key", new byte[] {2});
        KinesisShardSplit waiting = split(0).withReadThrough(77);
        reader.addSplits(List.of(waiting));
        assertThat(reader.snapshotState(1)).containsExactly(waiting);

        reader.start();
        pollUntil(() -> output.records().size() == 1);

        assertThat(reader.snapshotState(2))
                .containsExactly(split(0).at(new Position.Behind(record.sequence(), 0)));
    }

    @Test
    void tellsWhenAnEndedShardWasNotClosedYetAndAgainAfterARestore() throws Exception {
        Envelope last = stream.putInto(shard(0), "key", new byte[] {1});
        stream.split(shard(0));
        reader.addSplits(List.of(split(0)));
        reader.start();
        pollUntil(() -> context.sent().size() == 3);
        ShardLeftEvent left =
                new ShardLeftEvent(
                        split(0).splitId(),
                        new Inheritance(last.arrivalMillis(), SeenProducers.NONE));

        assertThat(context.sent())
                .containsExactly(
                        new ReaderStartedEvent(List.of(split(0).splitId()), List.of()),
                        left,
                        new ShardsFinishedEvent(List.of(split(0).splitId())));
        restart(reader.snapshotState(1));

        assertThat(context.sent())
                .containsExactly(
                        left, new ReaderStartedEvent(List.of(), List.of(split(0).splitId())));
    }

    @Test
    void leavesOutRestoredShardsOfStreamsThatAreNotReadAnyMore() throws Exception {
        FakeStream other = FakeStream.create(1);
        KinesisShardSplit dropped =
                new KinesisShardSplit(
                        other.arn(),
                        other.shardIds().get(0),
                        HashKeyRange.ALL,
                        new Position.TrimHorizon());
        reader.addSplits(List.of(dropped, dropped.at(new Position.End()), split(1)));
        reader.start();

        assertThat(context.sent())
                .containsExactly(new ReaderStartedEvent(List.of(split(1).splitId()), List.of()));
        assertThat(reader.snapshotState(1))
                .extracting(KinesisShardSplit::splitId)
                .containsExactly(split(1).splitId());
    }

    @Test
    void emitsALossOnceAndItsStateDoesNotFindItAgain() throws Exception {
        Envelope emitted = stream.putInto(shard(0), "key", new byte[] {1});
        stream.trimAll(shard(0));
        KinesisShardSplit behind = split(0).at(new Position.Behind(emitted.sequence(), 0));
        restart(List.of(behind));
        pollUntil(() -> !output.records().isEmpty());

        LostRange lost = LostRange.of(output.records().get(0));
        assertThat(lost.after()).isEqualTo(emitted.sequence());
        assertThat(lost.before()).isNull();
        assertThat(output.timestamps()).containsExactly(TimestampAssigner.NO_TIMESTAMP);
        List<KinesisShardSplit> state = reader.snapshotState(1);
        assertThat(state.get(0).position()).isEqualTo(new Position.TrimHorizon());

        Envelope next = stream.putInto(shard(0), "key", new byte[] {2});
        restart(state);
        pollUntil(() -> !output.records().isEmpty());

        assertThat(output.records()).containsExactly(next);
    }

    @Test
    void emitsTheLossOfAShardThatIsGoneOnce() throws Exception {
        KinesisShardSplit gone = split(0);
        stream.split(shard(0));
        stream.expire(gone.shardId());
        restart(List.of(gone));
        pollUntil(() -> !output.records().isEmpty());

        assertThat(LostRange.of(output.records().get(0)).toEnd()).isTrue();
        List<KinesisShardSplit> state = reader.snapshotState(1);
        assertThat(state).containsExactly(gone.at(new Position.End()).withReadThrough(1));
        restart(state);

        assertThat(context.sent())
                .containsExactly(
                        new ShardLeftEvent(gone.splitId(), new Inheritance(1, SeenProducers.NONE)),
                        new ReaderStartedEvent(List.of(), List.of(gone.splitId())));
    }

    /** The children are as old as the shard's end, however much later that is found. */
    @Test
    void leavesToTheChildrenOfAShardThatExpiredUnreadWhatItBeganWith() throws Exception {
        stream.tellRetention(Duration.ofHours(24));
        KinesisShardSplit unread = split(0).withReadThrough(stream.now());
        stream.putInto(shard(0), "key", new byte[] {1});
        stream.trimAll(shard(0));
        stream.split(shard(0));
        restart(List.of(unread));
        pollUntil(() -> !output.records().isEmpty());
        pollUntil(() -> context.sent().size() == 3);

        assertThat(context.sent())
                .contains(new ShardLeftEvent(unread.splitId(), unread.inheritance()));
        assertThat(reader.snapshotState(1))
                .containsExactly(
                        unread.at(new Position.End()).withReadThrough(unread.readThrough()));
    }

    @Test
    void tellsOfALossOnlyWhoAskedForIt() throws Exception {
        lossMarkers = false;
        Envelope emitted = stream.putInto(shard(0), "key", new byte[] {1});
        stream.trimAll(shard(0));
        Envelope next = stream.putInto(shard(0), "key", new byte[] {2});
        restart(List.of(split(0).at(new Position.Behind(emitted.sequence(), 0))));

        pollUntil(() -> !output.records().isEmpty());

        assertThat(output.records()).containsExactly(next);
    }

    @Test
    void saysInFrontOfTheFirstRecordOfAShardWhereItBeganAndNeverAgain() throws Exception {
        Envelope before = stream.putInto(shard(0), "key", new byte[] {1});
        Instant begin = Instant.ofEpochMilli(before.arrivalMillis() + 1);
        restart(List.of(split(0).at(new Position.AtTimestamp(begin))));
        List<KinesisShardSplit> unread = reader.snapshotState(1);
        restart(unread);
        Envelope first = putAfter(begin);
        pollUntil(() -> output.records().size() == 2);

        assertThat(ReadingBegin.of(output.records().get(0)))
                .isEqualTo(ReadingBegin.at(first, begin.toEpochMilli()));
        assertThat(output.records().get(1)).isEqualTo(first);
        assertThat(output.timestamps())
                .containsExactly(TimestampAssigner.NO_TIMESTAMP, first.arrivalMillis());

        restart(reader.snapshotState(2));
        Envelope second = stream.putInto(shard(0), "key", new byte[] {3});
        pollUntil(() -> !output.records().isEmpty());
        assertThat(output.records()).containsExactly(second);
    }

    /** What a replay begins with is no promise that everything behind it is read. */
    @Test
    void aReadThatEndsDoesNotSayWhereItBegan() throws Exception {
        end = "NOW";
        Instant begin = Instant.ofEpochMilli(stream.now());
        restart(
                List.of(
                        split(0).at(new Position.AtTimestamp(begin))
                                .withEnd(begin.plusSeconds(3_600).toEpochMilli())));
        Envelope first = putAfter(begin);
        pollUntil(() -> !output.records().isEmpty());

        assertThat(output.records()).containsExactly(first);
    }

    private Envelope putAfter(Instant time) {
        Envelope put = stream.putInto(shard(0), "key", new byte[] {2});
        assertThat(put.arrivalMillis()).isGreaterThanOrEqualTo(time.toEpochMilli());
        return put;
    }

    /** The reader before is gone then: it would read on, and its reads count as well. */
    private void restart(List<KinesisShardSplit> state) throws Exception {
        opened.remove(reader);
        reader.close();
        context = new FakeReaderContext();
        output = new CollectingOutput();
        reader = open();
        reader.addSplits(state);
        reader.start();
    }

    private void pollUntil(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("It did not come to what was awaited");
            }
            reader.pollNext(output);
        }
    }

    private KinesisSourceReader open() {
        KinesisSourceReader created =
                KinesisSourceReader.create(
                        stream.api(),
                        StreamSelection.arns(stream.arn()),
                        null,
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.position-lost", "CONTINUE",
                                                "source.reader.threads", "2",
                                                "source.init.position", "TRIM_HORIZON",
                                                "source.end.position", end,
                                                "source.shard.get-records.interval", "1 ms"))),
                        context,
                        lossMarkers);
        opened.add(created);
        return created;
    }

    private String shard(int index) {
        return stream.shardIds().get(index);
    }

    private KinesisShardSplit split(int index) {
        return new KinesisShardSplit(
                stream.arn(),
                shard(index),
                stream.shard(shard(index)).hashKeys(),
                new Position.TrimHorizon());
    }
}
