package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class LostPositionTest {

    /** Stands for the marker of a loss among texts of records. */
    private static final String LOST = "(lost)";

    private static final long LONG_AGO = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

    private final FakeStream stream = FakeStream.create(1);
    private final String shard = stream.shardIds().get(0);
    private final Map<String, Counter> counters = new HashMap<>();
    private final ReadThrough marks = new ReadThrough();
    private ReaderTime time = ReaderTime.REAL;

    @Test
    void failsWithTheRangeAndTheWayOut() {
        Envelope emitted = put("a");
        put("b");
        Envelope oldest = put("c");
        stream.trimBefore(shard, oldest.sequence());
        PollingShardReader reader = reader("FAIL", behind(emitted), LONG_AGO);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessage(
                        "The position in %s of stream %s, behind sequence number %s, sub-sequence number 0, has"
                                + " passed the stream's retention: records between %s and %s may be lost; the"
                                + " oldest record held is %s, which arrived at %s. Restore a younger checkpoint,"
                                + " lengthen the stream's retention before more records pass it, or set"
                                + " source.position-lost to CONTINUE to go on at the oldest record held",
                        shard,
                        stream.arn(),
                        emitted.sequence(),
                        emitted.sequence(),
                        oldest.sequence(),
                        oldest.sequence(),
                        Instant.ofEpochMilli(oldest.arrivalMillis()));
        assertThat(lostPositions()).isZero();
    }

    @Test
    void continuesAtTheOldestRecordHeldAndCounts() {
        Envelope emitted = put("a");
        put("b");
        stream.trimBefore(shard, put("c").sequence());
        put("d");
        PollingShardReader reader = reader("CONTINUE", behind(emitted), 0);

        assertThat(texts(reader.fetch())).containsExactly(LOST, "c", "d");
        put("e");
        assertThat(texts(reader.fetch())).containsExactly("e");
        assertThat(lostPositions()).isOne();
        assertThat(stream.reads(shard)).isEqualTo(2);
    }

    @Test
    void goesOnWhenTheShardWasReadThroughLaterThanAnythingExpires() {
        Envelope emitted = put("a");
        stream.trimAll(shard);
        put("b");
        PollingShardReader reader =
                reader("FAIL", behind(emitted), System.currentTimeMillis() - 60_000);

        assertThat(texts(reader.fetch())).containsExactly("b");
        assertThat(lostPositions()).isZero();
    }

    @Test
    void waitsWithItsJudgementForAPageThatTells() {
        Envelope emitted = put("a");
        put("b");
        stream.returnNothing(3);
        PollingShardReader reader = reader("FAIL", behind(emitted), 0);

        assertThat(texts(reader.fetch())).containsExactly("b");
        assertThat(stream.reads(shard)).isEqualTo(4);
    }

    @Test
    void saysThatNothingIsHeld() {
        Envelope emitted = put("a");
        stream.trimAll(shard);
        PollingShardReader reader = reader("FAIL", behind(emitted), 0);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("the shard holds no record");
    }

    @Test
    void takesASequenceNumberThatIsRefusedForOneOfAnotherStream() {
        Envelope oldest = put("a");
        assertThatThrownBy(reader("FAIL", new Position.Behind("17", 0), 0)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("behind sequence number 17, sub-sequence number 0")
                .hasMessageContaining("which was deleted and created again")
                .hasMessageContaining("the oldest record held is " + oldest.sequence());

        long justNow = System.currentTimeMillis();
        PollingShardReader reader = reader("CONTINUE", new Position.Behind("17", 0), justNow);
        assertThat(texts(reader.fetch())).containsExactly(LOST, "a");
        assertThat(lostPositions()).isOne();
    }

    @Test
    void marksTheRangeInFrontOfWhatFollowsIt() {
        Envelope emitted = put("a");
        put("b");
        Envelope oldest = put("c");
        stream.trimBefore(shard, oldest.sequence());
        PollingShardReader reader = reader("CONTINUE", behind(emitted), LONG_AGO);

        RecordsWithSplitIds<Envelope> batch = reader.fetch();
        batch.nextSplit();

        assertThat(LostRange.of(batch.nextRecordFromSplit()))
                .isEqualTo(
                        new LostRange(
                                stream.arn().stream(),
                                shard,
                                emitted.sequence(),
                                0,
                                oldest.sequence(),
                                LONG_AGO,
                                oldest.arrivalMillis(),
                                false));
        assertThat(batch.nextRecordFromSplit()).isEqualTo(oldest);
    }

    /** A checkpoint before that, and a failure, and nobody would find the loss again. */
    @Test
    void isNotReadThroughBeforeTheLossIsEmitted() {
        Envelope emitted = put("a");
        stream.trimAll(shard);
        stream.tellRetention(Duration.ofHours(24));
        for (Position position : List.of(behind(emitted), new Position.TrimHorizon())) {
            KinesisShardSplit split = split(position, LONG_AGO);
            SplitProgress progress = new SplitProgress(split, marks, null);
            RecordsWithSplitIds<Envelope> batch = reader("CONTINUE", split).fetch();
            assertThat(marks.of(split.splitId())).isNotNull();
            assertThat(progress.split()).isEqualTo(split);

            batch.nextSplit();
            progress.lost(LostRange.of(batch.nextRecordFromSplit()));

            assertThat(progress.split())
                    .isEqualTo(
                            split(new Position.TrimHorizon(), marks.of(split.splitId()).millis()));
        }
    }

    @Test
    void tellsAShardThatIsGoneFromAStreamThatIsNot() {
        Envelope emitted = put("a");
        KinesisShardSplit split = split(behind(emitted), System.currentTimeMillis());
        stream.split(shard);
        stream.expire(shard);

        assertThatThrownBy(reader("FAIL", split)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("behind sequence number " + emitted.sequence())
                .hasMessageContaining("is gone with its shard")
                .hasMessageContaining("CONTINUE to go on with the shard's children")
                .hasMessageNotContaining("create the stream");
        RecordsWithSplitIds<Envelope> batch = reader("CONTINUE", split).fetch();
        assertThat(texts(batch)).containsExactly(LOST);
        assertThat(batch.finishedSplits()).containsExactly(split.splitId());
        assertThat(lostPositions()).isOne();
    }

    @Test
    void losesAShardThatIsGoneUntilTheTimeOfItsClock() {
        KinesisShardSplit split = split(new Position.TrimHorizon(), 0);
        stream.split(shard);
        stream.expire(shard);
        time = new StoppedTime(LONG_AGO);

        RecordsWithSplitIds<Envelope> batch = reader("CONTINUE", split).fetch();

        batch.nextSplit();
        assertThat(LostRange.of(batch.nextRecordFromSplit()).untilMillis()).isEqualTo(LONG_AGO);
    }

    @Test
    void losesAnUnreadShardThatIsGone() {
        KinesisShardSplit split = split(new Position.TrimHorizon(), 0);
        stream.split(shard);
        stream.expire(shard);

        assertThatThrownBy(reader("FAIL", split)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("at its beginning, is gone with its shard");
    }

    @Test
    void triesAgainWhenItCannotTellWhetherTheStreamIsThere() {
        KinesisShardSplit split = split(new Position.TrimHorizon(), 0);
        stream.split(shard);
        stream.expire(shard);
        stream.failNextListing(FakeStream.throttled());

        assertThat(reader("CONTINUE", split).fetch().finishedSplits()).hasSize(1);
        assertThat(stream.listings()).hasSize(2);
    }

    @Test
    void readsOtherStreamsOnWhenOneIsNotThere() {
        StreamArn missing = new StreamArn("aws", "us-east-1", "000000000000", "nowhere");
        KinesisShardSplit split =
                new KinesisShardSplit(
                        missing, "shardId-9", HashKeyRange.ALL, new Position.TrimHorizon());

        put("a");
        PollingShardReader reader = reader("FAIL", split);
        reader.handleSplitsChanges(
                new SplitsAddition<>(List.of(split(new Position.TrimHorizon(), 0))));

        assertThat(texts(reader.fetch())).containsExactly("a");
        assertThat(stream.listings()).hasSize(1);
        assertThat(lostPositions()).isZero();
    }

    @Test
    void noticesThatRecordsExpiredWhileItsIteratorDid() {
        put("a");
        put("b");
        PollingShardReader reader = reader("CONTINUE", 1, split(new Position.TrimHorizon(), 0));
        assertThat(texts(reader.fetch())).containsExactly("a");

        stream.trimBefore(shard, put("c").sequence());
        stream.expireIterators();

        assertThat(texts(reader.fetch())).containsExactly(LOST, "c");
        assertThat(lostPositions()).isOne();
    }

    @Test
    void resumesInsideAnAggregateThatIsStillHeld() {
        KplAggregator aggregator = new KplAggregator(1_000);
        for (String text : List.of("a", "b", "c")) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, data, 0, data.length)).isTrue();
        }
        put("before");
        Envelope aggregate = stream.putInto(shard, "key", aggregator.build().data());
        stream.trimBefore(shard, aggregate.sequence());
        PollingShardReader reader = reader("FAIL", new Position.Behind(aggregate.sequence(), 0), 0);

        assertThat(texts(reader.fetch())).containsExactly("b", "c");
        assertThat(lostPositions()).isZero();
    }

    @Test
    void isNotReadThroughBetweenRecordsOfOneMillisecond() {
        stream.stopTime();
        put("a");
        put("b");
        KinesisShardSplit split = split(new Position.TrimHorizon(), 0);
        PollingShardReader reader = reader("FAIL", 1, split);

        assertThat(texts(reader.fetch())).containsExactly("a");
        assertThat(marks.of(split.splitId())).isNull();
        assertThat(texts(reader.fetch())).containsExactly("b");
        assertThat(marks.of(split.splitId())).isNull();
    }

    /** A restored reader would take it for a time at which the shard was open. */
    @Test
    void isNotReadThroughWhenItsEndIsFound() {
        Envelope last = put("a");
        KinesisShardSplit split = split(new Position.TrimHorizon(), 0);
        PollingShardReader reader = reader("FAIL", 1, split);
        assertThat(texts(reader.fetch())).containsExactly("a");
        stream.split(shard);

        assertThat(reader.fetch().finishedSplits()).containsExactly(split.splitId());
        assertThat(marks.of(split.splitId())).isNull();
        assertThat(marks.openUntil(split.splitId())).isEqualTo(last.arrivalMillis());
    }

    @Test
    void losesWhatExpiredBeforeAnythingWasRead() {
        stream.tellRetention(Duration.ofHours(24));
        long since = stream.now();
        put("a");
        Envelope oldest = put("b");
        stream.trimBefore(shard, oldest.sequence());
        KinesisShardSplit unread = split(new Position.TrimHorizon(), since);

        assertThatThrownBy(reader("FAIL", unread)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining(
                        "at its beginning, has passed the stream's retention before anything was read there:"
                                + " records that arrived between %s and %s may be lost",
                        Instant.ofEpochMilli(since), Instant.ofEpochMilli(oldest.arrivalMillis()));
        RecordsWithSplitIds<Envelope> batch = reader("CONTINUE", unread).fetch();
        batch.nextSplit();
        assertThat(LostRange.of(batch.nextRecordFromSplit()))
                .isEqualTo(
                        new LostRange(
                                stream.arn().stream(),
                                shard,
                                null,
                                0,
                                oldest.sequence(),
                                since,
                                oldest.arrivalMillis(),
                                false));
        assertThat(batch.nextRecordFromSplit()).isEqualTo(oldest);
    }

    @Test
    void losesAnEndedShardOfWhichNothingIsHeldToItsEnd() {
        stream.tellRetention(Duration.ofHours(24));
        long since = stream.now();
        Envelope emitted = put("a");
        stream.trimAll(shard);
        stream.split(shard);

        for (Position position : List.of(new Position.TrimHorizon(), behind(emitted))) {
            RecordsWithSplitIds<Envelope> batch = reader("CONTINUE", position, since).fetch();
            assertThat(batch.finishedSplits()).hasSize(1);
            batch.nextSplit();
            LostRange lost = LostRange.of(batch.nextRecordFromSplit());
            assertThat(lost.toEnd()).isTrue();
            assertThat(lost.sinceMillis()).isEqualTo(since);
        }
        assertThatThrownBy(reader("FAIL", behind(emitted), since)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("CONTINUE to go on with the shard's children");
    }

    @Test
    void losesWhatExpiredBehindATimeToBeginAt() {
        stream.tellRetention(Duration.ofHours(24));
        long since = stream.now();
        put("a");
        stream.trimAll(shard);
        Position latest = new Position.AtTimestamp(Instant.ofEpochMilli(since));

        assertThatThrownBy(reader("FAIL", split(latest, since))::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("at what arrived from " + Instant.ofEpochMilli(since))
                .hasMessageContaining("the shard holds no record");
    }

    @Test
    void missesNothingThatTheStreamKeepsLongEnough() {
        stream.tellRetention(Duration.ofDays(100 * 365));
        long since = stream.now();
        put("a");

        assertThat(texts(reader("FAIL", split(new Position.TrimHorizon(), since)).fetch()))
                .containsExactly("a");
    }

    @Test
    void missesNothingBehindARecordThatIsOlderThanWhatWasToBeRead() {
        stream.tellRetention(Duration.ofHours(24));
        Envelope first = put("a");
        put("b");

        assertThat(
                        texts(
                                reader(
                                                "FAIL",
                                                split(
                                                        new Position.TrimHorizon(),
                                                        first.arrivalMillis()))
                                        .fetch()))
                .containsExactly("a", "b");
    }

    @Test
    void goesOnWhereNobodyCanTellAndAsksAgainWhereThatHelps() {
        put("a");
        KinesisShardSplit unread = split(new Position.TrimHorizon(), stream.now() - 1);
        assertThat(texts(reader("FAIL", unread).fetch())).containsExactly("a");

        stream.tellRetention(Duration.ofHours(24));
        stream.failNextRetention(new UnsupportedOperationException("not here"));
        assertThat(texts(reader("FAIL", unread).fetch())).containsExactly("a");

        stream.failNextRetention(FakeStream.throttled());
        assertThatThrownBy(reader("FAIL", unread)::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("before anything was read there");
    }

    @Test
    void noticesThatRecordsExpireInFrontOfIt() {
        put("a");
        put("b");
        stream.advance(Duration.ofHours(25).toMillis());
        Envelope held = put("c");
        PollingShardReader reader = reader("CONTINUE", 1, split(new Position.TrimHorizon(), 0));
        assertThat(texts(reader.fetch())).containsExactly("a");
        stream.trimBefore(shard, held.sequence());

        assertThat(texts(reader.fetch())).containsExactly(LOST, "c");
        assertThat(lostPositions()).isOne();
    }

    @Test
    void readsOnWithItsIteratorWhereTheStreamKeepsRecordsLongEnough() {
        stream.tellRetention(Duration.ofDays(7));
        for (int i = 0; i < 4; i++) {
            put("a");
        }
        stream.advance(Duration.ofHours(25).toMillis());
        put("b");
        PollingShardReader reader = reader("FAIL", 1, split(new Position.TrimHorizon(), 0));

        for (int i = 0; i < 5; i++) {
            assertThat(texts(reader.fetch())).hasSize(1);
        }
        // One to begin with, and one with which the retention was asked for.
        assertThat(stream.iterators()).isEqualTo(2);
    }

    private PollingShardReader reader(String reaction, Position position, long readThrough) {
        return reader(reaction, split(position, readThrough));
    }

    private PollingShardReader reader(String reaction, KinesisShardSplit split) {
        return reader(reaction, 10, split);
    }

    private PollingShardReader reader(String reaction, int perCall, KinesisShardSplit split) {
        Map<String, String> options =
                Map.of(
                        "source.position-lost",
                        reaction,
                        "source.shard.get-records.max-record-count",
                        String.valueOf(perCall),
                        "source.shard.get-records.interval",
                        "1 ms",
                        "source.reader.empty-records-fetch-interval",
                        "1 ms");
        PollingShardReader reader =
                new PollingShardReader(
                        stream.api(),
                        KinesisSourceConfig.from(Configuration.fromMap(options)),
                        new ReaderMetrics(InternalSourceReaderMetricGroup.mock(new Group())),
                        new BatchPermits(1_000),
                        marks,
                        new CurrentStamp(),
                        new Retentions(stream.api(), ReaderTime.REAL),
                        time);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
        return reader;
    }

    private KinesisShardSplit split(Position position, long readThrough) {
        return new KinesisShardSplit(
                stream.arn(),
                shard,
                stream.shard(shard).hashKeys(),
                position,
                readThrough,
                KinesisShardSplit.NO_END);
    }

    private Envelope put(String text) {
        return stream.putInto(shard, "key", text.getBytes(StandardCharsets.UTF_8));
    }

    private long lostPositions() {
        return counters.get("lostPositions").getCount();
    }

    private static Position behind(Envelope record) {
        return new Position.Behind(record.sequence(), record.subSequence());
    }

    private static List<String> texts(RecordsWithSplitIds<Envelope> batch) {
        List<String> texts = new ArrayList<>();
        batch.nextSplit();
        for (Envelope record = batch.nextRecordFromSplit();
                record != null;
                record = batch.nextRecordFromSplit()) {
            texts.add(
                    LostRange.isMarker(record)
                            ? LOST
                            : new String(record.payloadCopy(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** Calls are paced as ever, but it is always the same time of the day. */
    private record StoppedTime(long currentMillis) implements ReaderTime {

        @Override
        public long nanoTime() {
            return REAL.nanoTime();
        }

        @Override
        public void await(Object monitor, long nanos) throws InterruptedException {
            REAL.await(monitor, nanos);
        }

        @Override
        public RandomGenerator random() {
            return REAL.random();
        }
    }

    /** Keeps counters by name. */
    private final class Group extends UnregisteredMetricsGroup {

        @Override
        public <C extends Counter> C counter(String name, C counter) {
            counters.put(name, counter);
            return counter;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return this;
        }
    }
}
