package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.sink.RecordReceipt.Fate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AcknowledgingPutterTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final FakePutStream stream = new FakePutStream(4);

    @Test
    void eachReceiptIsOfTheRecordInItsPlaceAndEachIdIsAnother() {
        try (AcknowledgingPutter putter = putter(LONG)) {
            List<CompletableFuture<List<RecordReceipt>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(putter.put(records("call-" + i + "-", 7)));
            }
            Set<String> recordIds = new HashSet<>();
            for (CompletableFuture<List<RecordReceipt>> answer : answers) {
                assertThat(answer.join()).hasSize(7).allMatch(RecordReceipt::isDelivered);
                answer.join().forEach(receipt -> recordIds.add(receipt.recordId()));
            }

            assertThat(recordIds).hasSize(700);
            assertThat(stream.read(OutOfRange.DROP_AGGREGATE)).hasSize(700).doesNotHaveDuplicates();
            assertThat(putter.stats().pendingRecords()).isZero();
            assertThat(putter.stats().kinesisRecords()).isLessThan(700);
        }
    }

    @Test
    void putsAgainWhatFailedWhileThereIsTime() {
        stream.faultOfCalls(
                call -> call % 3 == 0 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        stream.faultOfRecords((call, shard, entry) -> call < 6 ? FakePutStream.THROTTLED : null);
        try (AcknowledgingPutter putter = putter(LONG)) {
            assertThat(putter.put(records("r", 50)).join()).allMatch(RecordReceipt::isDelivered);

            assertThat(stream.read(OutOfRange.DROP_AGGREGATE)).hasSize(50);
        }
    }

    @Test
    void saysWhichRecordsAShardDidNotTakeInTime() {
        String hot = "shardId-000000000002";
        stream.faultOfRecords(
                (call, shard, entry) -> shard.equals(hot) ? FakePutStream.THROTTLED : null);
        try (AcknowledgingPutter putter = putter(Duration.ZERO)) {
            List<PutEntry> records = records("r", 60);
            List<RecordReceipt> receipts = putter.put(records).join();

            for (int i = 0; i < records.size(); i++) {
                boolean isHot = stream.shardOf(records.get(i).partitionKey()).equals(hot);
                assertThat(receipts.get(i).fate())
                        .isEqualTo(isHot ? Fate.THROTTLED : Fate.DELIVERED);
            }
            assertThat(receipts).anyMatch(receipt -> receipt.fate() == Fate.THROTTLED);
        }
    }

    @Test
    void aLostAnswerIsNoDelivery() {
        stream.faultOfAnswers(call -> FakePutStream.serviceError(500, "InternalFailure"));
        try (AcknowledgingPutter putter = putter(Duration.ZERO)) {
            assertThat(putter.put(records("r", 3)).join())
                    .allMatch(receipt -> receipt.fate() == Fate.FAILED);
            assertThat(stream.read(OutOfRange.DROP_AGGREGATE)).hasSize(3);
        }
    }

    @Test
    void aRefusalIsToldAndDoesNotEndThePutter() {
        stream.faultOfCalls(
                call ->
                        call == 1
                                ? FakePutStream.serviceError(400, "ResourceNotFoundException")
                                : null);
        try (AcknowledgingPutter putter = putter(LONG)) {
            assertThat(putter.put(records("r", 3)).join())
                    .allSatisfy(
                            receipt -> {
                                assertThat(receipt.fate()).isEqualTo(Fate.REFUSED);
                                assertThat(receipt.reason()).contains("ResourceNotFound");
                            });
            assertThat(putter.put(records("s", 3)).join()).allMatch(RecordReceipt::isDelivered);
        }
    }

    @Test
    void refusesAllRecordsOfACallForWhichThereIsNoRoom() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        stream.faultOfCalls(
                call -> {
                    calling.countDown();
                    await(goOn);
                    return null;
                });
        try (AcknowledgingPutter putter = putter(LONG, 100)) {
            CompletableFuture<List<RecordReceipt>> first = putter.put(records("r", 90));
            calling.await();

            assertThat(putter.put(records("s", 11))).isNull();
            CompletableFuture<List<RecordReceipt>> second = putter.put(records("s", 10));
            assertThat(first).isNotDone();

            goOn.countDown();
            assertThat(first.join()).allMatch(RecordReceipt::isDelivered);
            assertThat(second.join()).allMatch(RecordReceipt::isDelivered);
        }
    }

    @Test
    void thereIsRoomForTheNextRecordWhenTheReceiptOfTheOneBeforeComes() {
        CountDownLatch goOn = new CountDownLatch(1);
        stream.faultOfCalls(
                call -> {
                    await(goOn);
                    return null;
                });
        try (AcknowledgingPutter putter = putter(LONG, 1)) {
            CompletableFuture<Boolean> hasRoom =
                    putter.put(records("r", 1))
                            .thenApply(receipts -> putter.put(records("s", 1)) != null);
            goOn.countDown();

            assertThat(hasRoom.join()).isTrue();
        }
    }

    @Test
    void whoeverWaitsIsToldWhenItStops() throws Exception {
        stream.faultOfRecords((call, shard, entry) -> FakePutStream.THROTTLED);
        AcknowledgingPutter putter = putter(LONG);
        CompletableFuture<List<RecordReceipt>> answer = putter.put(records("r", 5));

        assertThat(answer).isNotDone();
        putter.close();

        assertThat(answer.join()).allMatch(receipt -> receipt.fate() == Fate.FAILED);
        assertThatThrownBy(() -> putter.put(records("r", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(stream.isClosed()).isTrue();
    }

    private AcknowledgingPutter putter(Duration patience) {
        return putter(patience, 1_000);
    }

    private AcknowledgingPutter putter(Duration patience, int maxPendingRecords) {
        return new AcknowledgingPutter(
                stream,
                FakePutStream.ARN,
                new AcknowledgingPutterConfig(
                        Aggregation.DEFAULT,
                        true,
                        1 << 20,
                        2,
                        maxPendingRecords,
                        1 << 20,
                        Duration.ofMillis(1),
                        patience,
                        new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 2, 0)));
    }

    private static List<PutEntry> records(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PutEntry(name + i, (name + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
