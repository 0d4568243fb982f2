package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.StreamException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class BatchPutterTest {

    private static final ExponentialBackoff SHORT =
            new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 2, 0);

    private final FakePutStream stream = new FakePutStream(4);

    @Test
    void putsEveryRecordOnceWhateverFailsInBetween() throws Exception {
        stream.faultOfCalls(
                call -> call % 5 == 0 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        stream.faultOfRecords(
                (call, shard, entry) ->
                        (entry.partitionKey().hashCode() + call) % 7 == 0
                                ? FakePutStream.THROTTLED
                                : null);
        try (BatchPutter putter = putter().maxBatchRecords(50).build()) {
            for (int i = 0; i < 3_000; i++) {
                putter.put("key-" + i, bytes("record " + i));
            }
            putter.flush();

            assertThat(payloads()).containsExactlyInAnyOrderElementsOf(numbered(3_000));
            PutStats stats = putter.stats();
            assertThat(stats.records()).isEqualTo(3_000);
            assertThat(stats.kinesisRecords()).isEqualTo(3_000);
            assertThat(stats.bytes())
                    .isEqualTo(stream.stored().stream().mapToLong(PutEntry::sizeBytes).sum());
            assertThat(stats.calls()).isEqualTo(stream.calls());
            assertThat(stats.throttledRecords()).isPositive();
            assertThat(stats.retriedRecords()).isGreaterThan(stats.throttledRecords());
            assertThat(stats.pendingRecords()).isZero();
            assertThat(stats.pendingBytes()).isZero();
        }
    }

    @Test
    void aggregatesThroughAReshardWithoutLosingAUserRecord() throws Exception {
        try (BatchPutter putter =
                putter().aggregate(new Aggregation(2_000, 100)).maxBatchRecords(200).build()) {
            for (int i = 0; i < 4_000; i++) {
                putter.put("key-" + i, bytes("record " + i));
                if (i == 1_000) {
                    putter.flush();
                    stream.split("shardId-000000000001");
                }
                if (i == 2_000) {
                    stream.merge("shardId-000000000002", "shardId-000000000003");
                }
            }
            putter.flush();

            assertThat(stream.read(OutOfRange.DROP_AGGREGATE))
                    .containsExactlyInAnyOrderElementsOf(numbered(4_000));
            assertThat(putter.stats().records()).isEqualTo(4_000);
            assertThat(putter.stats().kinesisRecords()).isLessThan(1_000);
        }
    }

    @Test
    void goesOnWithOtherShardsWhileOneIsThrottled() throws Exception {
        String hot = "shardId-000000000002";
        CountDownLatch cooled = new CountDownLatch(1);
        stream.faultOfRecords(
                (call, shard, entry) ->
                        shard.equals(hot) && cooled.getCount() > 0
                                ? FakePutStream.THROTTLED
                                : null);
        try (BatchPutter putter = putter().maxBatchRecords(20).build()) {
            for (int i = 0; i < 1_000; i++) {
                putter.put("key-" + i, bytes("record " + i));
            }
            CompletableFuture<Void> flushed = flushInBackground(putter);
            long others = 1_000 - recordsOf(hot, 1_000);
            awaitUntil(() -> putter.stats().records() == others);
            assertThat(stream.stored(hot)).isEmpty();
            assertThat(flushed).isNotDone();

            cooled.countDown();
            flushed.get(30, TimeUnit.SECONDS);

            assertThat(payloads()).containsExactlyInAnyOrderElementsOf(numbered(1_000));
            assertThat(putter.stats().throttledRecords())
                    .isEqualTo(putter.stats().retriedRecords())
                    .isPositive();
        }
    }

    @Test
    void putsFailedRecordsAgainTogetherAndInTheirOrder() throws Exception {
        FakePutStream single = new FakePutStream(1);
        single.faultOfRecords((call, shard, entry) -> call == 1 ? FakePutStream.THROTTLED : null);
        try (BatchPutter putter =
                BatchPutter.builder(single, FakePutStream.ARN)
                        .maxBatchRecords(10)
                        .maxInFlight(1)
                        .linger(Duration.ofHours(1))
                        .backoff(SHORT)
                        .build()) {
            for (int i = 0; i < 10; i++) {
                putter.put("key", bytes("record " + i));
            }
            putter.flush();
        }

        assertThat(single.callSizes()).containsExactly(10, 10);
        assertThat(single.stored())
                .extracting(e -> new String(e.data(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(numbered(10));
    }

    @Test
    void givesUpWithTheWayOutWhenPuttingIsNotAllowed() throws Exception {
        stream.faultOfCalls(call -> FakePutStream.serviceError(400, "AccessDeniedException"));
        try (BatchPutter putter = putter().build()) {
            putter.put("key", bytes("record"));

            assertThatThrownBy(putter::flush)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("AccessDeniedException")
                    .hasMessageContaining("Allow this identity kinesis:PutRecords on " + stream());
            assertThatThrownBy(() -> putter.put("key", bytes("record")))
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("AccessDeniedException");
        }
    }

    @Test
    void givesUpOnceARecordFailedTooOften() throws Exception {
        stream.faultOfRecords((call, shard, entry) -> "InternalFailure");
        try (BatchPutter putter = putter().maxAttempts(3).build()) {
            putter.put("key", bytes("record"));

            assertThatThrownBy(putter::flush)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining(
                            "failed 3 times for the same record, the last time with:"
                                    + " InternalFailure (on demand)");
            assertThat(stream.calls()).isEqualTo(3);
        }
    }

    @Test
    void neverGivesUpBecauseOfThrottling() throws Exception {
        stream.faultOfRecords((call, shard, entry) -> call < 10 ? FakePutStream.THROTTLED : null);
        try (BatchPutter putter = putter().maxAttempts(1).build()) {
            putter.put("key", bytes("record"));
            putter.flush();
        }

        assertThat(stream.stored()).hasSize(1);
    }

    @Test
    void waitsForRoomWhenTooManyRecordsArePending() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        holdCallsUntil(open);
        try (BatchPutter putter =
                putter().maxBatchRecords(1).maxInFlight(1).maxPendingRecords(3).build()) {
            CompletableFuture<Void> giving = putInBackground(putter, 10);
            awaitUntil(() -> putter.stats().pendingRecords() == 3);
            assertThat(giving).isNotDone();

            open.countDown();
            giving.get(30, TimeUnit.SECONDS);
            putter.flush();

            assertThat(stream.stored()).hasSize(10);
        }
    }

    @Test
    void waitsForRoomWhenTooManyBytesArePending() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        holdCallsUntil(open);
        long oneRecord = new PutEntry("key-0", bytes("record 0")).sizeBytes();
        try (BatchPutter putter =
                putter().maxBatchRecords(1).maxInFlight(1).maxPendingBytes(2 * oneRecord).build()) {
            CompletableFuture<Void> giving = putInBackground(putter, 10);
            awaitUntil(() -> putter.stats().pendingRecords() == 2);
            assertThat(putter.stats().pendingBytes()).isEqualTo(2 * oneRecord);

            open.countDown();
            giving.get(30, TimeUnit.SECONDS);
            putter.flush();

            assertThat(stream.stored()).hasSize(10);
        }
    }

    @Test
    void putsABatchThatIsNotFullWithoutBeingAsked() throws Exception {
        try (BatchPutter putter = putter().linger(Duration.ofMillis(1)).build()) {
            putter.put("key", bytes("record"));

            awaitUntil(() -> putter.stats().records() == 1);
        }
    }

    @Test
    void keepsBatchesWithinTheirBytes() throws Exception {
        try (BatchPutter putter = putter().maxBatchBytes(1_000).build()) {
            for (int i = 0; i < 100; i++) {
                putter.put("key-" + i, new byte[300]);
            }
            putter.put("large", new byte[5_000]);
            putter.flush();
        }

        assertThat(stream.stored()).hasSize(101);
        assertThat(stream.callSizes()).allMatch(size -> size <= 3);
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        try (BatchPutter putter = putter().maxRecordBytes(100).build()) {
            assertThatThrownBy(() -> putter.put("key", new byte[98]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("101 bytes")
                    .hasMessageContaining("more than 100");
        }
    }

    @Test
    void handsRecordsThatCannotBePutToTheirHandlerAndGoesOn() throws Exception {
        List<String> rejected = Collections.synchronizedList(new ArrayList<>());
        try (BatchPutter putter =
                putter().maxRecordBytes(100)
                        .rejected((key, data, reason) -> rejected.add(key + ": " + reason))
                        .build()) {
            putter.put("large", new byte[100]);
            putter.put("", new byte[1]);
            putter.put("good", new byte[1]);
            putter.flush();
        }

        assertThat(stream.stored()).extracting(PutEntry::partitionKey).containsExactly("good");
        assertThat(rejected).hasSize(2);
        assertThat(rejected.get(0)).startsWith("large: The record has 105 bytes");
        assertThat(rejected.get(1)).startsWith(": The partition key is empty");
    }

    @Test
    void endsWhoeverWaitsWhenItIsClosed() throws Exception {
        stream.faultOfRecords((call, shard, entry) -> FakePutStream.THROTTLED);
        BatchPutter putter = putter().build();
        putter.put("key", bytes("record"));
        CompletableFuture<Void> flushed = flushInBackground(putter);
        awaitUntil(() -> stream.calls() > 2);

        putter.close();

        assertThatThrownBy(() -> flushed.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("closed");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> putter().maxInFlight(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxInFlight must be at least 1, but is 0");
        assertThatThrownBy(() -> putter().maxRecordBytes(20_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRecordBytes must be from 1 to 10485760, but is 20000000");
        assertThatThrownBy(() -> new Aggregation(10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 64 to")
                .hasMessageContaining("but is 10");
        assertThatThrownBy(() -> new Aggregation(1_000, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 user record");
    }

    private BatchPutter.Builder putter() {
        return BatchPutter.builder(stream, FakePutStream.ARN).backoff(SHORT);
    }

    private static String stream() {
        return FakePutStream.ARN.toString();
    }

    private void holdCallsUntil(CountDownLatch open) {
        stream.faultOfCalls(
                call -> open.getCount() > 0 ? FakePutStream.serviceError(400, "Throttling") : null);
    }

    private long recordsOf(String shard, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PutEntry("key-" + i, bytes("record " + i)))
                .filter(
                        entry ->
                                stream.listShards(FakePutStream.ARN).stream()
                                        .filter(s -> s.id().equals(shard))
                                        .anyMatch(s -> s.hashKeys().contains(entry.hashKey())))
                .count();
    }

    private static CompletableFuture<Void> flushInBackground(BatchPutter putter) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        putter.flush();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static CompletableFuture<Void> putInBackground(BatchPutter putter, int count) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        for (int i = 0; i < count; i++) {
                            putter.put("key-" + i, bytes("record " + i));
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void awaitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private Set<String> payloads() {
        List<String> payloads =
                stream.stored().stream()
                        .map(e -> new String(e.data(), StandardCharsets.UTF_8))
                        .toList();
        assertThat(payloads).doesNotHaveDuplicates();
        return new HashSet<>(payloads);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "record " + i).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
