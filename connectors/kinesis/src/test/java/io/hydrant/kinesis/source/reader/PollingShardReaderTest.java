package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollingShardReaderTest {

    private final FakeStream stream = FakeStream.create(2);
    private final String first = stream.shardIds().get(0);
    private final String second = stream.shardIds().get(1);
    private BatchPermits permits = new BatchPermits(1000);

    @Test
    void readsNoFurtherThanItsPermitsUntilABatchIsEmitted() throws Exception {
        permits = new BatchPermits(1);
        PollingShardReader reader = reader(1, new Position.TrimHorizon(), first);
        put(first, "a");
        put(first, "b");
        RecordsWithSplitIds<Envelope> batch = reader.fetch();
        assertThat(permits.tryAcquire()).isFalse();

        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        batch.recycle();

        assertThat(texts(next.get(30, TimeUnit.SECONDS))).containsExactly("b");
        assertThat(permits.tryAcquire()).isFalse();
    }

    @Test
    void givesBackThePermitOfAReadThatFoundNothing() throws Exception {
        permits = new BatchPermits(1);
        stream.failNextRead(FakeStream.throttled());
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first);
        put(first, "a");

        assertThat(texts(reader.fetch())).containsExactly("a");
    }

    @Test
    void readsItsShardsInTurn() throws Exception {
        PollingShardReader reader = reader(1, new Position.TrimHorizon(), first, second);
        for (int i = 0; i < 3; i++) {
            put(first, "a" + i);
            put(second, "b" + i);
        }

        List<String> seen = new ArrayList<>();
        while (seen.size() < 6) {
            seen.addAll(texts(reader.fetch()));
        }

        assertThat(seen.subList(0, 2)).containsExactlyInAnyOrder("a0", "b0");
        assertThat(seen).contains("a2", "b2");
    }

    @Test
    void asksOtherShardsForAsManyRecordsAsTheSizeOfTheFirstOnesAllows() throws Exception {
        PollingShardReader reader = reader(10_000, new Position.TrimHorizon(), first, second);
        put(first, "a".repeat(1024));
        put(second, "b".repeat(1024));

        reader.fetch();
        reader.fetch();

        List<Integer> limits = List.of(stream.limits(first).get(0), stream.limits(second).get(0));
        assertThat(limits).containsExactlyInAnyOrder(10, 5 * 1024);
    }

    @Test
    void passesOverAThrottledShardAndComesBackToIt() throws Exception {
        put(first, "a");
        put(second, "b");
        stream.failNextRead(FakeStream.throttled());
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first, second);

        List<String> seen = new ArrayList<>(texts(reader.fetch()));
        seen.addAll(texts(reader.fetch()));

        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void asksForAnotherIteratorFromWhereItIs() throws Exception {
        PollingShardReader reader = reader(1, new Position.TrimHorizon(), first);
        put(first, "a");
        put(first, "b");
        assertThat(texts(reader.fetch())).containsExactly("a");

        stream.expireIterators();

        assertThat(texts(reader.fetch())).containsExactly("b");
    }

    @Test
    void asksForAnotherIteratorFromItsStartWhenItHasReadNothing() throws Exception {
        Envelope emitted = put(first, "a");
        PollingShardReader reader = reader(10, new Position.Behind(emitted.sequence(), 0), first);
        stream.failNextRead(SdkClientException.create("reset", new IOException("reset")));
        CompletableFuture<List<String>> fetched =
                CompletableFuture.supplyAsync(() -> texts(reader.fetch()));
        awaitReads(first, 2);
        stream.expireIterators();

        put(first, "b");

        assertThat(fetched.get()).containsExactly("b");
    }

    @Test
    void finishesAClosedShardBehindItsLastRecords() {
        put(first, "a");
        stream.split(first);
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first);

        RecordsWithSplitIds<Envelope> batch = reader.fetch();

        assertThat(texts(batch)).containsExactly("a");
        assertThat(batch.finishedSplits()).isEqualTo(Set.of(split(first).splitId()));
    }

    @Test
    void finishesAClosedShardThatHoldsNothing() {
        stream.split(first);

        assertThat(reader(10, new Position.TrimHorizon(), first).fetch().finishedSplits())
                .hasSize(1);
    }

    @Test
    void leavesAShardAtTheFirstRecordPastItsEnd() throws Exception {
        put(first, "a");
        long end = put(first, "b").arrivalMillis() + 1;
        put(first, "c");
        put(first, "d");
        PollingShardReader reader = reader(10, new Position.TrimHorizon());
        KinesisShardSplit split = split(first).withEnd(end);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));

        RecordsWithSplitIds<Envelope> batch = reader.fetch();

        assertThat(texts(batch)).containsExactly("a", "b");
        assertThat(batch.finishedSplits()).containsExactly(split.splitId());
        assertThat(stream.reads(first)).isOne();
    }

    @Test
    void leavesAShardToWhichNothingComesAnyMore() throws Exception {
        KinesisShardSplit split = split(first).withEnd(stream.now());
        PollingShardReader reader = reader(10, new Position.TrimHorizon());
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
        CompletableFuture<RecordsWithSplitIds<Envelope>> fetched =
                CompletableFuture.supplyAsync(reader::fetch);
        awaitReads(first, 2);
        assertThat(fetched).isNotDone();

        stream.advance(2_000);

        assertThat(fetched.get().finishedSplits()).containsExactly(split.splitId());
    }

    @Test
    void readsNothingOfAPausedShard() throws Exception {
        put(first, "a");
        put(second, "b");
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first, second);
        reader.pauseOrResumeSplits(List.of(split(first)), List.of());
        assertThat(texts(reader.fetch())).containsExactly("b");

        reader.pauseOrResumeSplits(List.of(split(second)), List.of(split(first)));

        assertThat(texts(reader.fetch())).containsExactly("a");
    }

    @Test
    void readsNothingOfARemovedShard() {
        put(first, "a");
        put(second, "b");
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first, second);

        reader.handleSplitsChanges(new SplitsRemoval<>(List.of(split(first))));

        assertThat(texts(reader.fetch())).containsExactly("b");
        assertThat(stream.reads(first)).isZero();
    }

    @Test
    void returnsFromWaitingWhenItIsWoken() throws Exception {
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first);
        CompletableFuture<List<String>> fetched =
                CompletableFuture.supplyAsync(() -> texts(reader.fetch()));
        awaitReads(first, 1);

        reader.wakeUp();

        assertThat(fetched.get()).isEmpty();
    }

    @Test
    void leavesACallThatDoesNotReturnWhenItIsAborted() throws Exception {
        stream.blockReads();
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first);
        CompletableFuture<List<String>> fetched =
                CompletableFuture.supplyAsync(
                        () -> {
                            List<String> texts = texts(reader.fetch());
                            assertThat(Thread.currentThread().isInterrupted()).isFalse();
                            return texts;
                        });
        while (stream.blockedCalls() == 0) {
            Thread.onSpinWait();
        }

        reader.abort();

        assertThat(fetched.get()).isEmpty();
        assertThat(reader.fetch().nextSplit()).isNull();
    }

    @Test
    void saysWhichPermissionIsMissing() {
        stream.failNextRead(
                KinesisException.builder()
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode("AccessDeniedException")
                                        .errorMessage("User is not authorized")
                                        .build())
                        .statusCode(400)
                        .build());
        PollingShardReader reader = reader(10, new Position.TrimHorizon(), first);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("GetRecords on " + first)
                .hasMessageContaining("Allow this identity kinesis:GetRecords on " + stream.arn());
    }

    @Test
    void saysThatASequenceNumberIsOfAnotherStream() {
        PollingShardReader reader = reader(10, new Position.Behind("17", 0), first);

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining(first + " of stream " + stream.arn())
                .hasMessageContaining("deleted and created again");
    }

    private PollingShardReader reader(int perCall, Position position, String... shardIds) {
        PollingShardReader reader =
                new PollingShardReader(
                        stream.api(),
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.shard.get-records.max-record-count",
                                                String.valueOf(perCall),
                                                "source.shard.get-records.interval",
                                                "1 ms",
                                                "source.reader.empty-records-fetch-interval",
                                                "1 ms"))),
                        new ReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup()),
                        permits,
                        new ReadThrough(),
                        new CurrentStamp(),
                        new Retentions(stream.api(), ReaderTime.REAL),
                        ReaderTime.REAL);
        List<KinesisShardSplit> splits = new ArrayList<>();
        for (String shardId : shardIds) {
            splits.add(split(shardId).at(position));
        }
        reader.handleSplitsChanges(new SplitsAddition<>(splits));
        return reader;
    }

    private KinesisShardSplit split(String shardId) {
        return new KinesisShardSplit(
                stream.arn(),
                shardId,
                stream.shard(shardId).hashKeys(),
                new Position.TrimHorizon());
    }

    private Envelope put(String shardId, String text) {
        return stream.putInto(shardId, "key", text.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitReads(String shardId, int count) {
        while (stream.reads(shardId) < count) {
            Thread.onSpinWait();
        }
    }

    private static List<String> texts(RecordsWithSplitIds<Envelope> batch) {
        List<String> texts = new ArrayList<>();
        while (batch.nextSplit() != null) {
            for (Envelope record = batch.nextRecordFromSplit();
                    record != null;
                    record = batch.nextRecordFromSplit()) {
                texts.add(new String(record.payloadCopy(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
