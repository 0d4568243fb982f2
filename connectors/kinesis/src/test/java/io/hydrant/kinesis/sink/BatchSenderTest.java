package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSenderTest {

    private final FakePutStream stream = new FakePutStream(2);
    private final PutCounters counters = new PutCounters();
    private final BatchSender plain =
            new BatchSender(stream, FakePutStream.ARN, null, RecordRules.DEFAULT, counters);

    @Test
    void asksForOnlyTheFailedRecordsAgainInTheirOrder() {
        stream.faultOfRecords(
                (call, shard, entry) ->
                        entry.partitionKey().endsWith("3") ? FakePutStream.THROTTLED : null);
        List<PutEntry> batch = records(30);

        PutRound round = plain.put(batch);

        assertThat(round.again(batch)).containsExactly(batch.get(3), batch.get(13), batch.get(23));
        assertThat(round.throttledOnly()).isTrue();
        assertThat(round.fatal()).isNull();
        assertThat(counters.snapshot(0, 0))
                .isEqualTo(
                        new PutStats(
                                27,
                                batch.stream().mapToInt(PutEntry::sizeBytes).sum()
                                        - round.again(batch).stream()
                                                .mapToInt(PutEntry::sizeBytes)
                                                .sum(),
                                1,
                                27,
                                3,
                                3,
                                0,
                                0));
    }

    @Property(tries = 200)
    void asksForExactlyTheRecordsAgainThatFailedWhereverTheyStand(
            @ForAll Set<@IntRange(max = 59) Integer> failing, @ForAll boolean ordered) {
        FakePutStream target = new FakePutStream(3);
        target.faultOfRecords(
                (call, shard, entry) ->
                        failing.contains(Integer.valueOf(entry.partitionKey().substring(4)))
                                ? "InternalFailure"
                                : null);
        BatchSender sender =
                new BatchSender(
                        target,
                        FakePutStream.ARN,
                        null,
                        ordered(ordered ? SinkOrder.PARTITION_KEY : SinkOrder.NONE),
                        new PutCounters());
        List<PutEntry> batch = IntStream.range(0, 60).mapToObj(BatchSenderTest::record).toList();

        List<PutEntry> again = sender.put(batch).again(batch);

        assertThat(again).isEqualTo(failing.stream().sorted().map(batch::get).toList());
        List<PutEntry> taken = new ArrayList<>(batch);
        taken.removeAll(again);
        assertThat(target.stored()).containsExactlyInAnyOrderElementsOf(taken);
    }

    @Test
    void saysThatMoreThanThrottlingWentWrong() {
        stream.faultOfRecords(
                (call, shard, entry) ->
                        switch (entry.partitionKey()) {
                            case "key-1" -> FakePutStream.THROTTLED;
                            case "key-2" -> "InternalFailure";
                            default -> null;
                        });

        PutRound round = plain.put(records(5));

        assertThat(round.again().cardinality()).isEqualTo(2);
        assertThat(round.throttledOnly()).isFalse();
        assertThat(round.reason()).isEqualTo("InternalFailure (on demand)");
    }

    @Test
    void splitsABatchIntoCallsThatTheServiceTakes() {
        PutRound round = plain.put(records(1_200));

        assertThat(round.isComplete()).isTrue();
        assertThat(stream.callSizes()).containsExactly(500, 500, 200);
    }

    @Test
    void splitsABatchWhoseBytesTheServiceWouldNotTakeAtOnce() {
        List<PutEntry> batch =
                IntStream.range(0, 25)
                        .mapToObj(i -> new PutEntry("k" + i, new byte[1_000_000]))
                        .toList();

        assertThat(plain.put(batch).isComplete()).isTrue();

        assertThat(stream.callSizes()).containsExactly(10, 10, 5);
    }

    @Test
    void asksForTheRecordsOfTheFailedCallOnly() {
        stream.faultOfCalls(
                call -> call == 2 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        List<PutEntry> batch = records(1_200);

        PutRound round = plain.put(batch);

        assertThat(round.again(batch)).isEqualTo(batch.subList(500, 1_000));
        assertThat(round.throttledOnly()).isFalse();
        assertThat(stream.stored()).hasSize(700);
    }

    @Test
    void endsAtOnceWhenPuttingIsNotAllowed() {
        stream.faultOfCalls(call -> FakePutStream.serviceError(400, "AccessDeniedException"));

        PutRound round = plain.put(records(1_200));

        assertThat(round.fatal())
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("PutRecords on stream " + FakePutStream.ARN)
                .hasMessageContaining("Allow this identity kinesis:PutRecords");
        assertThat(stream.calls()).isEqualTo(1);
    }

    @Test
    void endsWhenTheKeyOfTheStreamIsDisabled() {
        stream.faultOfRecords((call, shard, entry) -> "KMSDisabledException");

        assertThat(plain.put(records(1)).fatal())
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("KMSDisabledException (on demand)")
                .hasMessageContaining("kms:GenerateDataKey");
    }

    @Test
    void refusesAnAnswerThatLeavesRecordsOut() {
        PutApi forgetful =
                new PutApi() {
                    @Override
                    public List<PutResult> putRecords(StreamArn arn, List<PutEntry> entries) {
                        return List.of();
                    }

                    @Override
                    public List<io.hydrant.kinesis.stream.Shard> listShards(StreamArn arn) {
                        return List.of();
                    }

                    @Override
                    public void close() {}
                };

        PutRound round =
                new BatchSender(forgetful, FakePutStream.ARN, null, RecordRules.DEFAULT, counters)
                        .put(records(2));

        assertThat(round.fatal()).hasMessageContaining("answered 0 results to 2 records");
    }

    @Test
    void putsAnAggregateThatFailedAgainWithAllItsUserRecords() {
        BatchSender aggregating =
                new BatchSender(
                        stream,
                        FakePutStream.ARN,
                        Aggregation.DEFAULT,
                        RecordRules.DEFAULT,
                        counters);
        stream.faultOfRecords(
                (call, shard, entry) ->
                        call == 1 && shard.endsWith("1") ? FakePutStream.THROTTLED : null);
        List<PutEntry> batch = records(100);

        PutRound round = aggregating.put(batch);
        assertThat(round.again().cardinality()).isBetween(20, 80);
        assertThat(aggregating.put(round.again(batch)).isComplete()).isTrue();

        assertThat(stream.stored()).hasSize(2);
        assertThat(stream.read(OutOfRange.DROP)).hasSize(100).doesNotHaveDuplicates();
        assertThat(counters.records.sum()).isEqualTo(100);
        assertThat(counters.kinesisRecords.sum()).isEqualTo(2);
    }

    @Test
    void losesNoUserRecordWhenTheStreamIsReshardedBetweenPackingAndPutting() {
        BatchSender aggregating =
                new BatchSender(
                        stream,
                        FakePutStream.ARN,
                        Aggregation.DEFAULT,
                        RecordRules.DEFAULT,
                        counters);
        List<PutEntry> first = records(100);
        assertThat(aggregating.put(first).isComplete()).isTrue();
        stream.split("shardId-000000000000");
        stream.split("shardId-000000000001");
        List<PutEntry> second =
                IntStream.range(100, 200).mapToObj(BatchSenderTest::record).toList();

        PutRound round = aggregating.put(second);

        assertThat(round.again(second)).isEqualTo(second);
        assertThat(round.reason()).isEqualTo("the stream was resharded");
        assertThat(aggregating.put(round.again(second)).isComplete()).isTrue();
        List<String> all = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> all.add("record " + i));
        assertThat(stream.read(OutOfRange.DROP)).containsAll(all);
        assertThat(stream.read(OutOfRange.DROP_AGGREGATE))
                .as("what the KCL reads")
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Property(tries = 200)
    void losesNoUserRecordThroughAnyReshards(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int shards) {
        Random random = new Random(seed);
        FakePutStream target = new FakePutStream(shards);
        target.faultOfRecords(
                (call, shard, entry) -> random.nextInt(10) == 0 ? FakePutStream.THROTTLED : null);
        target.faultOfCalls(
                call -> {
                    if (random.nextInt(3) == 0) {
                        target.reshard(random);
                    }
                    return null;
                });
        BatchSender aggregating =
                new BatchSender(
                        target,
                        FakePutStream.ARN,
                        new Aggregation(500, 20),
                        ordered(random.nextBoolean() ? SinkOrder.NONE : SinkOrder.PARTITION_KEY),
                        counters);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<PutEntry> batch =
                    IntStream.range(i * 50, i * 50 + 50).mapToObj(BatchSenderTest::record).toList();
            batch.forEach(entry -> all.add(new String(entry.data(), StandardCharsets.UTF_8)));
            while (!batch.isEmpty()) {
                PutRound round = aggregating.put(batch);
                assertThat(round.fatal()).isNull();
                batch = round.again(batch);
            }
        }

        assertThat(target.read(OutOfRange.DROP)).containsAll(all);
        assertThat(target.read(OutOfRange.DROP_AGGREGATE)).containsAll(all);
    }

    @Test
    void keepsRecordsOfAKeyApartAndBackBehindOneThatFailed() {
        BatchSender ordered =
                new BatchSender(
                        stream,
                        FakePutStream.ARN,
                        null,
                        ordered(SinkOrder.PARTITION_KEY),
                        counters);
        List<PutEntry> batch =
                Stream.of("a1", "a2", "b1", "a3", "b2", "c1")
                        .map(BatchSenderTest::numbered)
                        .toList();
        stream.faultOfRecords(
                (call, shard, entry) -> text(entry).equals("a2") ? FakePutStream.THROTTLED : null);

        PutRound round = ordered.put(batch);

        assertThat(stream.callSizes()).containsExactly(3, 2);
        assertThat(stream.stored())
                .extracting(BatchSenderTest::text)
                .containsExactlyInAnyOrder("a1", "b1", "c1", "b2");
        assertThat(round.again(batch))
                .extracting(BatchSenderTest::text)
                .containsExactly("a2", "a3");
        assertThat(counters.retriedRecords.sum()).as("a3 was not even tried").isEqualTo(1);
    }

    @Test
    void keepsAnAggregateBackWhenOneOfItsKeysFailed() {
        FakePutStream one = new FakePutStream(1);
        BatchSender ordered =
                new BatchSender(
                        one,
                        FakePutStream.ARN,
                        new Aggregation(51_200, 2),
                        ordered(SinkOrder.PARTITION_KEY),
                        counters);
        List<PutEntry> batch =
                Stream.of("a1", "b1", "b2", "c1", "c2", "d1", "e1", "f1")
                        .map(BatchSenderTest::numbered)
                        .toList();
        one.faultOfCalls(
                call -> call == 2 ? FakePutStream.serviceError(500, "InternalFailure") : null);

        PutRound round = ordered.put(batch);

        assertThat(one.read(OutOfRange.DROP)).containsExactly("a1", "b1", "e1", "f1");
        assertThat(round.again(batch))
                .extracting(BatchSenderTest::text)
                .containsExactly("b2", "c1", "c2", "d1");
    }

    @Test
    void countsErrorsByTheirCodes() {
        Map<String, LongAdder> codes = new HashMap<>();
        PutCounters seen =
                new PutCounters() {
                    @Override
                    void firstError(String code, LongAdder count) {
                        codes.put(code, count);
                    }
                };
        stream.faultOfCalls(
                call -> call == 2 ? FakePutStream.serviceError(500, "InternalFailure") : null);
        stream.faultOfRecords((call, shard, entry) -> call == 1 ? FakePutStream.THROTTLED : null);
        BatchSender sender =
                new BatchSender(stream, FakePutStream.ARN, null, RecordRules.DEFAULT, seen);

        sender.put(records(3));
        sender.put(records(3));
        IntStream.range(0, 100).forEach(i -> seen.error("code " + i));

        assertThat(codes).hasSizeLessThanOrEqualTo(33).containsKey("Other");
        assertThat(codes.get(FakePutStream.THROTTLED).sum()).isEqualTo(3);
        assertThat(codes.get("InternalFailure").sum()).isEqualTo(1);
        assertThat(seen.allErrors.sum()).isEqualTo(104);
    }

    private static RecordRules ordered(SinkOrder order) {
        return new RecordRules(null, order, Rejection.FAIL, false);
    }

    private static PutEntry numbered(String keyAndNumber) {
        return new PutEntry(
                keyAndNumber.substring(0, 1), keyAndNumber.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(PutEntry entry) {
        return new String(entry.data(), StandardCharsets.UTF_8);
    }

    private static List<PutEntry> records(int count) {
        return IntStream.range(0, count).mapToObj(BatchSenderTest::record).toList();
    }

    private static PutEntry record(int i) {
        return new PutEntry("key-" + i, ("record " + i).getBytes(StandardCharsets.UTF_8));
    }
}
