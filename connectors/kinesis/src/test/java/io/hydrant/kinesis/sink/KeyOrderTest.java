package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.OutOfRange;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.BasicRequestInfo;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of records of one key, with several batches on their way and everything failing. */
class KeyOrderTest {

    private static final int RECORDS = 120;

    @Property(tries = 300)
    void recordsOfAKeyLandInTheirOrderWhateverFails(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int keys) {
        Run run = new Run(seed, keys, null);
        run.toTheEnd();

        run.eachKey(
                numbers -> {
                    List<Integer> sorted = new ArrayList<>(numbers);
                    sorted.sort(null);
                    assertThat(numbers).as("repeated at once, if at all").isEqualTo(sorted);
                });
    }

    @Property(tries = 300)
    void aggregatedRecordsOfAKeyLandInTheirOrderThroughReshardsToo(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int keys) {
        Run run = new Run(seed, keys, new Aggregation(200, 5));
        run.toTheEnd();

        run.eachKey(
                numbers -> {
                    List<Integer> first = new ArrayList<>(new LinkedHashSet<>(numbers));
                    List<Integer> sorted = new ArrayList<>(first);
                    sorted.sort(null);
                    assertThat(first).as("once repetitions are left out").isEqualTo(sorted);
                });
    }

    @Test
    void keysThatAreFreeGoWhileOthersWait() {
        KeyOrderBuffer buffer = new KeyOrderBuffer(false, 1_000);
        add(buffer, "a", "b", "a");
        assertThat(batch(buffer, 10)).containsExactly("a", "b");
        assertThat(buffer.waitsForKeys()).isTrue();
        add(buffer, "c", "a");

        assertThat(buffer.waitsForKeys()).isFalse();
        assertThat(batch(buffer, 10)).containsExactly("c");
        assertThat(buffer.size()).isEqualTo(2);

        buffer.release(List.of("b", "a"));
        assertThat(batch(buffer, 10)).containsExactly("a");
        assertThat(buffer.getBufferedState()).hasSize(1);
    }

    @Test
    void aBatchOfAggregatesTakesSeveralRecordsOfAKey() {
        KeyOrderBuffer buffer = new KeyOrderBuffer(true, 1_000);
        add(buffer, "a", "b", "a", "a");

        assertThat(batch(buffer, 3)).containsExactly("a", "a", "a");
        assertThat(batch(buffer, 3)).containsExactly("b");
    }

    @Test
    void aBatchKeepsItsBytes() {
        KeyOrderBuffer buffer = new KeyOrderBuffer(true, 5);
        add(buffer, "a", "a", "a", "b", "c");

        assertThat(batch(buffer, 10)).as("two bytes each").containsExactly("a", "a");
        assertThat(batch(buffer, 10)).containsExactly("b", "c");
        assertThat(buffer.totalSizeInBytes()).isEqualTo(2);
    }

    @Test
    void forgetsKeysOfWhichNothingIsLeft() {
        KeyOrderBuffer buffer = new KeyOrderBuffer(false, 1_000);
        add(buffer, "a");
        batch(buffer, 1);
        buffer.release(List.of("a"));
        buffer.release(List.of("a"));

        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.poll()).isNull();
        assertThat(buffer.peek()).isNull();
    }

    private static void add(KeyOrderBuffer buffer, String... keys) {
        for (String key : keys) {
            buffer.add(new RequestEntryWrapper<>(new PutEntry(key, new byte[1]), 2), false);
        }
    }

    private static List<String> batch(KeyOrderBuffer buffer, int records) {
        return buffer
                .createNextBatch(new BasicRequestInfo(records), buffer)
                .getBatchEntries()
                .stream()
                .map(PutEntry::partitionKey)
                .toList();
    }

    /** What the writer does with its buffer, in an order that a seed decides. */
    private static final class Run {

        private final Random random;
        private final int keys;
        private final FakePutStream stream = new FakePutStream(3);
        private final KeyOrderBuffer buffer;
        private final BatchSender sender;
        private final List<List<PutEntry>> onTheWay = new ArrayList<>();
        private final List<List<PutEntry>> paused = new ArrayList<>();
        private final Map<String, Integer> written = new HashMap<>();
        private int records;

        Run(long seed, int keys, Aggregation aggregation) {
            this.random = new Random(seed);
            this.keys = keys;
            this.buffer = new KeyOrderBuffer(aggregation != null, 400);
            this.sender =
                    new BatchSender(
                            stream,
                            FakePutStream.ARN,
                            aggregation,
                            new RecordRules(null, SinkOrder.PARTITION_KEY, Rejection.FAIL, false),
                            new PutCounters());
            stream.shuffleCalls(random);
            stream.faultOfRecords(
                    (call, shard, entry) ->
                            random.nextInt(5) == 0 ? FakePutStream.THROTTLED : null);
            stream.faultOfCalls(
                    call -> {
                        if (random.nextInt(5) == 0) {
                            stream.reshard(random);
                        }
                        return lost(10);
                    });
            stream.faultOfAnswers(call -> lost(10));
        }

        void toTheEnd() {
            while (records < RECORDS
                    || !buffer.isEmpty()
                    || !onTheWay.isEmpty()
                    || !paused.isEmpty()) {
                switch (random.nextInt(4)) {
                    case 0 -> write();
                    case 1 -> send();
                    case 2 -> put();
                    default -> endPause();
                }
            }
        }

        void eachKey(Consumer<List<Integer>> numbersOf) {
            Map<String, List<Integer>> landed = new HashMap<>();
            for (String payload : stream.read(OutOfRange.DROP)) {
                String[] parts = payload.split(":", 2);
                landed.computeIfAbsent(parts[0], key -> new ArrayList<>())
                        .add(Integer.valueOf(parts[1]));
            }
            landed.values().forEach(numbersOf);
            landed.forEach(
                    (key, numbers) -> assertThat(new HashSet<>(numbers)).hasSize(written.get(key)));
            assertThat(landed).hasSameSizeAs(written);
        }

        private void write() {
            if (records < RECORDS) {
                records++;
                String key = "k" + random.nextInt(keys);
                int number = written.merge(key, 1, Integer::sum);
                byte[] data = (key + ":" + number).getBytes(StandardCharsets.UTF_8);
                PutEntry entry = new PutEntry(key, data);
                buffer.add(new RequestEntryWrapper<>(entry, entry.sizeBytes()), false);
            }
        }

        private void send() {
            List<PutEntry> batch =
                    buffer.createNextBatch(new BasicRequestInfo(1 + random.nextInt(15)), buffer)
                            .getBatchEntries();
            if (!batch.isEmpty()) {
                onTheWay.add(batch);
            }
        }

        private void put() {
            if (onTheWay.isEmpty()) {
                return;
            }
            List<PutEntry> batch = onTheWay.remove(random.nextInt(onTheWay.size()));
            List<PutEntry> again = sender.put(batch).again(batch);
            Set<String> done = new HashSet<>();
            batch.forEach(entry -> done.add(entry.partitionKey()));
            again.forEach(entry -> done.remove(entry.partitionKey()));
            buffer.release(done);
            if (!again.isEmpty()) {
                paused.add(again);
            }
        }

        private void endPause() {
            if (paused.isEmpty()) {
                return;
            }
            Deque<PutEntry> again = new ArrayDeque<>(paused.remove(random.nextInt(paused.size())));
            while (!again.isEmpty()) {
                PutEntry entry = again.removeLast();
                buffer.add(new RequestEntryWrapper<>(entry, entry.sizeBytes()), true);
            }
        }

        private RuntimeException lost(int oneOf) {
            return random.nextInt(oneOf) == 0
                    ? FakePutStream.serviceError(500, "InternalFailure")
                    : null;
        }
    }
}
