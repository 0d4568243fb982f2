package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class ShardsInTimeTest {

    private final FutureCompletingBlockingQueue<RecordsWithSplitIds<Envelope>> read =
            new FutureCompletingBlockingQueue<>(100);
    private final ShardsInTime inTime = new ShardsInTime(read);
    private final List<String> recycled = new ArrayList<>();
    private final List<String> finished = new ArrayList<>();

    /** Shard and arrival of each record. */
    private final List<Emitted> emitted = new ArrayList<>();

    private record Emitted(String shard, long arrival) {}

    @Test
    void givesTheRecordsOfSeveralShardsInTheOrderOfTheirArrival() throws Exception {
        put("a", false, LongStream.range(0, 3000).map(n -> n * 10));
        put("a", false, LongStream.range(3000, 5000).map(n -> n * 10));
        put("b", false, LongStream.range(0, 5000).map(n -> n * 10 + 5));

        emitAll();

        assertThat(arrivals("a")).hasSize(5000).isSorted();
        assertThat(arrivals("b")).hasSize(5000).isSorted();
        assertThat(mostBehind()).isLessThanOrEqualTo(ShardsInTime.LEAD_MILLIS);
        assertThat(recycled).containsExactlyInAnyOrder("a", "a", "b");
    }

    @Test
    void takesInWhatIsReadWhileABatchIsEmitted() throws Exception {
        put("a", false, LongStream.range(0, 10_000).map(n -> n * 10));
        emit();
        put("b", false, LongStream.range(0, 100));

        emit();

        assertThat(arrivals("a")).hasSize(ShardsInTime.PORTION);
        assertThat(arrivals("b")).hasSize(100);
    }

    @Test
    void letsNoBacklogHoldUpAShardThatIsCurrent() throws Exception {
        put("current", false, LongStream.of(1_000_000_000));
        for (int batch = 0; batch < 5; batch++) {
            put("behind", false, LongStream.range(0, 10_000));
        }

        emitAll();

        assertThat(emitted.indexOf(new Emitted("current", 1_000_000_000)))
                .isBetween(
                        ShardsInTime.MOST_OVERTAKING,
                        ShardsInTime.MOST_OVERTAKING + ShardsInTime.PORTION);
        assertThat(arrivals("behind")).hasSize(50_000);
    }

    @Test
    void saysThatAShardIsFinishedBehindItsLastRecord() throws Exception {
        put("a", false, LongStream.range(0, 600));
        put("a", true, LongStream.range(600, 700));
        put("b", true, LongStream.empty());

        emit();
        assertThat(finished).containsExactly("b");
        emit();
        assertThat(finished).containsExactly("b");
        emitAll();

        assertThat(finished).containsExactly("b", "a");
        assertThat(arrivals("a")).hasSize(700).isSorted();
        assertThat(recycled).containsExactly("b", "a", "a");
    }

    @Test
    void isThereAsLongAsABatchIs() throws Exception {
        read.put(0, ShardBatch.empty());
        assertThat(inTime.poll()).isNull();
        assertThat(inTime.isEmpty()).isTrue();
        assertThat(inTime.getAvailabilityFuture()).isNotDone();

        put("a", false, LongStream.range(0, 600));
        assertThat(inTime.isEmpty()).isFalse();
        assertThat(inTime.getAvailabilityFuture()).isDone();
        emit();
        assertThat(inTime.isEmpty()).isFalse();
        assertThat(inTime.getAvailabilityFuture()).isDone();
        emit();

        assertThat(inTime.isEmpty()).isTrue();
        assertThat(inTime.poll()).isNull();
        assertThat(inTime.getAvailabilityFuture()).isNotDone();
    }

    @Test
    void reachesAMarkOfFlinksBehindAllThatWasReadBeforeIt() throws Exception {
        put("a", false, LongStream.range(0, 600));
        RecordsWithSplitIds<Envelope> mark = new RecordsBySplits<>(Map.of(), Set.of("mark"));
        read.put(0, mark);
        put("b", false, LongStream.range(0, 10));

        emit();
        emit();
        assertThat(finished).isEmpty();
        emit();
        assertThat(finished).containsExactly("mark");
        assertThat(arrivals("a")).hasSize(600);
        assertThat(arrivals("b")).isEmpty();
        emit();

        assertThat(arrivals("b")).hasSize(10);
        assertThat(inTime.isEmpty()).isTrue();
    }

    /** Flink's own end of a reader lets go only of what lies in the queue behind. */
    @Test
    void letsGoOfWhatIsNotEmittedWhenTheTaskTakesNothingMore() throws Exception {
        put("a", false, LongStream.range(0, 600));
        read.put(
                0,
                new RecordsBySplits<>(Map.of(), Set.of()) {
                    @Override
                    public void recycle() {
                        recycled.add("mark");
                    }
                });
        emit();
        assertThat(recycled).isEmpty();

        inTime.letGo();

        assertThat(recycled).containsExactly("a", "mark");
        assertThat(inTime.isEmpty()).isTrue();
    }

    private void put(String shard, boolean isFinished, LongStream arrivals)
            throws InterruptedException {
        List<Envelope> records =
                arrivals.mapToObj(
                                arrival ->
                                        new Envelope(
                                                "stream",
                                                shard,
                                                "1",
                                                0,
                                                "key",
                                                arrival,
                                                new byte[0],
                                                0,
                                                0))
                        .toList();
        read.put(0, new ShardBatch(shard, records, isFinished, () -> recycled.add(shard)));
    }

    private void emitAll() {
        while (!inTime.isEmpty()) {
            emit();
        }
    }

    /** As Flink's reader does it. */
    private void emit() {
        RecordsWithSplitIds<Envelope> batch = inTime.poll();
        for (String shard = batch.nextSplit(); shard != null; shard = batch.nextSplit()) {
            for (Envelope record = batch.nextRecordFromSplit();
                    record != null;
                    record = batch.nextRecordFromSplit()) {
                emitted.add(new Emitted(shard, record.arrivalMillis()));
            }
        }
        finished.addAll(batch.finishedSplits());
        batch.recycle();
    }

    private List<Long> arrivals(String shard) {
        return emitted.stream()
                .filter(one -> one.shard().equals(shard))
                .map(Emitted::arrival)
                .toList();
    }

    private long mostBehind() {
        long latest = Long.MIN_VALUE;
        long most = 0;
        for (Emitted one : emitted) {
            most = Math.max(most, latest - one.arrival());
            latest = Math.max(latest, one.arrival());
        }
        return most;
    }
}
