package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.kinesis.FakeFanOut;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class FanOutShardReaderTest {

    /** Stands for the marker of a loss among texts of records. */
    private static final String LOST = "(lost)";

    private final FakeStream stream = FakeStream.create(2);
    private final FakeFanOut fanOut = FakeFanOut.of(stream);
    private final String first = stream.shardIds().get(0);
    private final String second = stream.shardIds().get(1);
    private final Map<String, String> options = new HashMap<>();
    private final List<FanOutShardReader> opened = new ArrayList<>();
    private BatchPermits permits = new BatchPermits(1000);
    private NamedConsumers consumers = new NamedConsumers(permits);
    private String consumer;

    private final AtomicLong leap = new AtomicLong();

    /** The time of the day, which goes by unless a test stops it. */
    private LongSupplier wall = System::currentTimeMillis;

    /** The time of the machine and a leap. */
    private final ReaderTime time =
            new ReaderTime() {
                @Override
                public long nanoTime() {
                    return REAL.nanoTime() + leap.get();
                }

                @Override
                public long currentMillis() {
                    return wall.getAsLong();
                }

                @Override
                public void await(Object monitor, long nanos) throws InterruptedException {
                    REAL.await(monitor, nanos);
                }

                @Override
                public RandomGenerator random() {
                    return REAL.random();
                }
            };

    @BeforeEach
    void register() {
        fanOut.consumers().register(stream.arn(), "app");
        consumer = fanOut.consumers().describe(stream.arn(), "app").arn();
        options.put("source.reader.type", "EFO");
        options.put("source.efo.consumer.name", "app");
    }

    @AfterEach
    void close() {
        opened.forEach(FanOutShardReader::close);
        fanOut.close();
    }

    @Test
    void passesOnWhatTheStreamPushes() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        put(first, "a");
        put(second, "b");

        assertThat(take(reader, 2)).containsExactlyInAnyOrder("a", "b");
        put(first, "c");
        assertThat(take(reader, 1)).containsExactly("c");
        assertThat(fanOut.history()).hasSize(2);
    }

    /** FLINK-39660: the official connector held up the network's threads where it was slow. */
    @Test
    void asksForNothingWhileItsPermitsAreOut() throws Exception {
        usePermits(1);
        fanOut.recordsPerEvent(1);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        for (int i = 0; i < 3; i++) {
            put(first, "a" + i);
            put(second, "b" + i);
        }
        RecordsWithSplitIds<Envelope> batch = reader.fetch();
        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        // What was asked for before may come, and waits.
        awaitEqual(() -> fanOut.asked(first) + fanOut.asked(second), 2);
        awaitEqual(() -> stream.reads(first) + stream.reads(second), 2);

        assertThat(permits.tryAcquire()).isFalse();
        assertThat(next).isNotDone();
        assertThat(fanOut.asked(first)).isEqualTo(1);
        assertThat(fanOut.asked(second)).isEqualTo(1);

        batch.recycle();
        assertThat(texts(next.get(30, TimeUnit.SECONDS))).hasSize(1);
    }

    @Test
    void letsNoIdleShardHoldUpOthers() {
        usePermits(1);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        put(second, "b");
        RecordsWithSplitIds<Envelope> batch = reader.fetch();
        assertThat(texts(batch)).containsExactly("b");
        batch.recycle();

        put(second, "c");

        assertThat(texts(reader.fetch())).containsExactly("c");
    }

    @Test
    void subscribesAgainWhereItIsWhenASubscriptionsTimeIsOver() {
        fanOut.recordsPerEvent(1);
        fanOut.eventsPerSubscription(2);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        List<String> put = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            put.add(put(first, "a" + i).sequence());
        }

        assertThat(take(reader, 20))
                .containsExactlyElementsOf(texts("a", 20))
                .doesNotHaveDuplicates();
        assertThat(fanOut.history().size()).isGreaterThan(10);
        assertThat(fanOut.history().get(1)).contains("Behind[sequence=" + put.get(1));
        assertThat(fanOut.overlaps()).isZero();
    }

    @Test
    void goesOnAtThePlaceItCameToWhileItHasReadNoRecord() {
        Envelope old = put(first, "old");
        FanOutShardReader reader =
                reader(
                        new Position.AtTimestamp(Instant.ofEpochMilli(old.arrivalMillis() + 1)),
                        first);
        fetchInBackground(reader);
        awaitEqual(() -> fanOut.history().size(), 1);
        awaitAtLeast(() -> fanOut.asked(first), 2);

        fanOut.breakAll(reset());

        awaitEqual(() -> fanOut.history().size(), 2);
        assertThat(fanOut.history().get(1)).contains("After[sequence=" + old.sequence());
    }

    @Test
    void losesAndDoublesNothingWhenSubscriptionsBreak() {
        fanOut.recordsPerEvent(3);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        List<String> seen = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 10; i++) {
                put(first, "a" + (round * 10 + i));
            }
            seen.addAll(take(reader, 4));
            fanOut.breakAll(reset());
        }
        seen.addAll(take(reader, 50 - seen.size()));

        assertThat(seen).containsExactlyElementsOf(texts("a", 50));
    }

    @Test
    void goesOnInsideAnAggregate() {
        Envelope aggregate = stream.putInto(first, "key", aggregate("a0", "a1", "a2"));
        put(first, "b");
        FanOutShardReader reader = reader(new Position.Behind(aggregate.sequence(), 1), first);

        assertThat(take(reader, 2)).containsExactly("a2", "b");
        assertThat(fanOut.history().get(0)).contains("Behind[sequence=" + aggregate.sequence());
    }

    @Test
    void waitsForItsConsumerToBeNamed() {
        consumers = new NamedConsumers(permits);
        FanOutShardReader reader = open(new Position.TrimHorizon(), first);
        put(first, "a");
        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        assertThat(fanOut.history()).isEmpty();

        consumers.name(stream.arn(), consumer);

        assertThat(texts(next.join())).containsExactly("a");
    }

    @Test
    void waitsForTheSubscriptionOfAReaderThatIsGone() {
        fanOut.refuseNext(ResourceInUseException.builder().message("in use").build());
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        put(first, "a");

        assertThat(take(reader, 1)).containsExactly("a");
        assertThat(fanOut.history()).hasSize(2);
    }

    @Test
    void comesBackToAShardWhoseSubscriptionsAreThrottled() {
        fanOut.refuseNext(LimitExceededException.builder().message("limit").build());
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        put(first, "a");
        put(second, "b");

        assertThat(take(reader, 2)).containsExactlyInAnyOrder("a", "b");
        assertThat(fanOut.history()).hasSize(3);
    }

    @Test
    void givesUpASubscriptionThatIsSilentAlthoughAnEventIsDue() {
        options.put("source.efo.subscription.timeout", "20 ms");
        put(first, "a");
        fanOut.silence(true);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        awaitAtLeast(() -> fanOut.history().size(), 2);
        fanOut.silence(false);

        assertThat(texts(next.join())).containsExactly("a");
        assertThat(fanOut.overlaps()).isZero();
    }

    @Test
    void givesUpASubscriptionThatIsNeverAccepted() {
        options.put("source.efo.subscription.timeout", "20 ms");
        put(first, "a");
        fanOut.acceptNothing(true);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        awaitAtLeast(() -> fanOut.history().size(), 2);
        fanOut.acceptNothing(false);

        assertThat(texts(next.join())).containsExactly("a");
    }

    /** FLINK-39540: the official connector subscribed to ended shards again, without end. */
    @Test
    void finishesAClosedShardBehindItsLastRecords() {
        put(first, "a");
        stream.split(first);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);

        RecordsWithSplitIds<Envelope> batch = reader.fetch();

        assertThat(texts(batch)).containsExactly("a");
        assertThat(batch.finishedSplits()).isEqualTo(Set.of(split(first).splitId()));
        assertThat(fanOut.open()).isZero();
        reader.wakeUp();
        assertThat(reader.fetch().finishedSplits()).isEmpty();
        assertThat(fanOut.history()).hasSize(1);
    }

    @Test
    void endsABoundedReadWithASubscriptionMadeBehindItsEnd() {
        long end = put(first, "a").arrivalMillis() + 1;
        wall = () -> end;
        FanOutShardReader reader = readerOf(List.of(split(first).withEnd(end)));
        List<String> seen = new ArrayList<>(take(reader, 1));

        wall = () -> end + 2_000;
        Set<String> finished = Set.of();
        while (finished.isEmpty()) {
            requireTime();
            RecordsWithSplitIds<Envelope> batch = reader.fetch();
            seen.addAll(texts(batch));
            finished = batch.finishedSplits();
            batch.recycle();
        }

        assertThat(seen).containsExactly("a");
        assertThat(fanOut.history()).hasSize(2);
        assertThat(fanOut.open()).isZero();
    }

    @Test
    void readsNothingOfAPausedShardAndGoesOnWithItLater() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        reader.pauseOrResumeSplits(List.of(split(first)), List.of());
        put(first, "a");
        put(second, "b");
        assertThat(take(reader, 1)).containsExactly("b");
        fanOut.breakAll(reset());

        reader.pauseOrResumeSplits(List.of(split(second)), List.of(split(first)));

        assertThat(take(reader, 1)).containsExactly("a");
    }

    @Test
    void goesOnWithAShardWhoseEventCameWhileItWasPaused() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        put(second, "b");
        assertThat(take(reader, 1)).containsExactly("b");
        reader.pauseOrResumeSplits(List.of(split(first)), List.of());
        put(first, "a");
        put(second, "c");
        assertThat(take(reader, 1)).containsExactly("c");

        reader.pauseOrResumeSplits(List.of(), List.of(split(first)));

        assertThat(take(reader, 1)).containsExactly("a");
        put(first, "d");
        assertThat(take(reader, 1)).containsExactly("d");
    }

    @Test
    void endsTheSubscriptionOfARemovedShard() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first, second);
        put(second, "b");
        assertThat(take(reader, 1)).containsExactly("b");

        reader.handleSplitsChanges(new SplitsRemoval<>(List.of(split(first))));

        assertThat(fanOut.open()).isEqualTo(1);
        put(first, "a");
        put(second, "c");
        assertThat(take(reader, 1)).containsExactly("c");
    }

    @Test
    void returnsFromWaitingWhenItIsWoken() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        CompletableFuture<List<String>> fetched =
                CompletableFuture.supplyAsync(() -> texts(reader.fetch()));
        awaitEqual(fanOut::open, 1);

        reader.wakeUp();

        assertThat(fetched.join()).isEmpty();
    }

    @Test
    void endsItsSubscriptionsAndGivesItsPermitBack() {
        usePermits(1);
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        CompletableFuture<List<String>> fetched =
                CompletableFuture.supplyAsync(() -> texts(reader.fetch()));
        awaitAtLeast(() -> fanOut.asked(first), 1);

        reader.abort();

        assertThat(fetched.join()).isEmpty();
        assertThat(reader.fetch().nextSplit()).isNull();
        reader.close();
        assertThat(fanOut.open()).isZero();
        assertThat(permits.tryAcquire()).isTrue();
    }

    @Test
    void findsAPositionThatTheStreamNoLongerHolds() {
        Envelope emitted = put(first, "a");
        put(first, "b");
        stream.trimBefore(first, put(first, "c").sequence());
        FanOutShardReader reader = reader(new Position.Behind(emitted.sequence(), 0), first);

        assertThatThrownBy(() -> take(reader, 1))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("has passed the stream's retention: records between ")
                .hasMessageContaining("set source.position-lost to CONTINUE");
    }

    @Test
    void noticesThatRecordsExpireInFrontOfIt() {
        options.put("source.position-lost", "CONTINUE");
        fanOut.recordsPerEvent(1);
        put(first, "a");
        put(first, "b");
        stream.advance(Duration.ofHours(25).toMillis());
        Envelope held = put(first, "c");
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        assertThat(take(reader, 1)).containsExactly("a");
        stream.trimBefore(first, held.sequence());

        assertThat(take(reader, 2)).containsExactly(LOST, "c");
    }

    /** An event may wait for longer than the stream's answer is good for. */
    @Test
    void findsWhatExpiredUnreadHoweverLongItsFirstEventWaits() throws Exception {
        options.put("source.position-lost", "CONTINUE");
        usePermits(1);
        stream.tellRetention(Duration.ofHours(24));
        put(first, "a");
        stream.trimBefore(first, put(first, "b").sequence());
        assertThat(permits.tryAcquire()).isTrue();
        FanOutShardReader reader =
                readerOf(
                        List.of(
                                new KinesisShardSplit(
                                        stream.arn(),
                                        first,
                                        HashKeyRange.ALL,
                                        new Position.TrimHorizon(),
                                        PositionCheck.LONG_AGO,
                                        KinesisShardSplit.NO_END)));
        CompletableFuture<RecordsWithSplitIds<Envelope>> next =
                CompletableFuture.supplyAsync(reader::fetch);
        awaitEqual(() -> fanOut.history().size(), 1);

        leap.set(Duration.ofMinutes(11).toNanos());
        permits.release();

        assertThat(texts(next.get())).containsExactly(LOST, "b");
    }

    @Test
    void takesASequenceNumberThatIsRefusedForOneOfAnotherStream() {
        options.put("source.position-lost", "CONTINUE");
        put(first, "a");
        FanOutShardReader reader = reader(new Position.Behind("17", 0), first);

        assertThat(take(reader, 2)).containsExactly(LOST, "a");
    }

    @Test
    void finishesAShardThatIsGoneIfAskedTo() {
        options.put("source.position-lost", "CONTINUE");
        KinesisShardSplit split = split(first);
        stream.split(first);
        stream.expire(first);
        FanOutShardReader reader = readerOf(List.of(split));

        RecordsWithSplitIds<Envelope> batch = reader.fetch();
        assertThat(texts(batch)).containsExactly(LOST);
        assertThat(batch.finishedSplits()).containsExactly(split.splitId());
    }

    @Test
    void saysThatItsConsumerIsGone() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        fanOut.consumers().remove("app");

        assertThatThrownBy(() -> take(reader, 1))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("The consumer that subscribes to " + first)
                .hasMessageContaining("JOB_MANAGED");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        fanOut.refuseNext(
                KinesisException.builder()
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode("AccessDeniedException")
                                        .errorMessage("User is not authorized")
                                        .build())
                        .statusCode(400)
                        .build());
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);

        assertThatThrownBy(() -> take(reader, 1))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("Allow this identity kinesis:SubscribeToShard");
    }

    @Test
    void takesUpItsNewConsumerWhenASubscriptionEnds() {
        FanOutShardReader reader = reader(new Position.TrimHorizon(), first);
        put(first, "a");
        assertThat(take(reader, 1)).containsExactly("a");
        fanOut.consumers().remove("app");
        fanOut.consumers().register(stream.arn(), "app");
        String next = fanOut.consumers().describe(stream.arn(), "app").arn();
        consumers.name(stream.arn(), next);

        fanOut.breakAll(reset());
        put(first, "b");

        assertThat(take(reader, 1)).containsExactly("b");
        assertThat(fanOut.history().get(1)).contains(next);
    }

    private void usePermits(int batches) {
        permits = new BatchPermits(batches);
        consumers = new NamedConsumers(permits);
    }

    private FanOutShardReader reader(Position position, String... shardIds) {
        consumers.name(stream.arn(), consumer);
        return open(position, shardIds);
    }

    private FanOutShardReader open(Position position, String... shardIds) {
        List<KinesisShardSplit> splits = new ArrayList<>();
        for (String shardId : shardIds) {
            splits.add(split(shardId).at(position));
        }
        return openOf(splits);
    }

    private FanOutShardReader readerOf(List<KinesisShardSplit> splits) {
        consumers.name(stream.arn(), consumer);
        return openOf(splits);
    }

    private FanOutShardReader openOf(List<KinesisShardSplit> splits) {
        KinesisSourceConfig config = KinesisSourceConfig.from(Configuration.fromMap(options));
        ReaderMetrics metrics =
                new ReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup());
        FanOutMetrics fanOutMetrics = new FanOutMetrics(metrics.group());
        LostPositions lost = new LostPositions(config.positionLost(), metrics);
        Retentions retentions = new Retentions(stream.api(), time);
        FanOutShardReader reader =
                new FanOutShardReader(
                        fanOut.api(),
                        config,
                        consumers,
                        permits,
                        metrics,
                        fanOutMetrics,
                        new ShardPages(
                                metrics,
                                new ReadThrough(),
                                lost,
                                retentions,
                                permits,
                                new CurrentStamp()),
                        retentions,
                        new BrokenSubscriptions(stream.api(), metrics, fanOutMetrics, lost),
                        time);
        opened.add(reader);
        reader.handleSplitsChanges(new SplitsAddition<>(splits));
        return reader;
    }

    private KinesisShardSplit split(String shardId) {
        return new KinesisShardSplit(
                stream.arn(), shardId, HashKeyRange.ALL, new Position.TrimHorizon());
    }

    private Envelope put(String shardId, String text) {
        return stream.putInto(shardId, "key", text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] aggregate(String... texts) {
        KplAggregator aggregator = new KplAggregator(1_000);
        for (String text : texts) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, payload, 0, payload.length)).isTrue();
        }
        return aggregator.build().data();
    }

    private static RuntimeException reset() {
        return SdkClientException.create("reset", new IOException("reset"));
    }

    private static void fetchInBackground(FanOutShardReader reader) {
        CompletableFuture<RecordsWithSplitIds<Envelope>> unused =
                CompletableFuture.supplyAsync(reader::fetch);
    }

    /** Fetches until there are so many user records, in their order. */
    private static List<String> take(FanOutShardReader reader, int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            requireTime();
            RecordsWithSplitIds<Envelope> batch = reader.fetch();
            taken.addAll(texts(batch));
            batch.recycle();
        }
        return taken;
    }

    private static List<String> texts(String prefix, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(prefix + i);
        }
        return texts;
    }

    private static List<String> texts(RecordsWithSplitIds<Envelope> batch) {
        List<String> texts = new ArrayList<>();
        while (batch.nextSplit() != null) {
            for (Envelope record = batch.nextRecordFromSplit();
                    record != null;
                    record = batch.nextRecordFromSplit()) {
                texts.add(
                        LostRange.isMarker(record)
                                ? LOST
                                : new String(record.payloadCopy(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static void awaitEqual(IntSupplier value, int wanted) {
        awaitThat(() -> value.getAsInt() == wanted);
    }

    private static void awaitAtLeast(IntSupplier value, int wanted) {
        awaitThat(() -> value.getAsInt() >= wanted);
    }

    /** Ends with the time that the tests have, which an interrupt tells. */
    private static void awaitThat(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            requireTime();
            Thread.onSpinWait();
        }
    }

    private static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("It did not come to what was awaited");
        }
    }
}
