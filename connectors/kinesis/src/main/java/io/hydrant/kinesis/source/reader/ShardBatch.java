package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import java.util.List;
import java.util.Set;

/** User records of one shard on their way to the task's thread. */
final class ShardBatch implements RecordsWithSplitIds<Envelope> {

    private final List<Envelope> records;
    private final Set<String> finishedSplits;
    private final Runnable whenEmitted;
    private String splitId;
    private int next;

    /**
     * A batch.
     *
     * @param finished whether these are the shard's last
     * @param whenEmitted told once, when Flink is done with the batch
     */
    ShardBatch(String splitId, List<Envelope> records, boolean finished, Runnable whenEmitted) {
        this.splitId = splitId;
        this.records = records;
        this.finishedSplits = finished ? Set.of(splitId) : Set.of();
        this.whenEmitted = whenEmitted;
    }

    private ShardBatch() {
        this.splitId = null;
        this.records = List.of();
        this.finishedSplits = Set.of();
        this.whenEmitted = () -> {};
    }

    /** A batch of nothing, for a reader that was woken. */
    static ShardBatch empty() {
        return new ShardBatch();
    }

    /** The end of a shard, behind nothing; needs no permit. */
    static ShardBatch end(String splitId) {
        return new ShardBatch(splitId, List.of(), true, () -> {});
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return records.isEmpty() && finishedSplits.isEmpty();
    }

    @Override
    public String nextSplit() {
        String split = splitId;
        splitId = null;
        return split;
    }

    @Override
    public Envelope nextRecordFromSplit() {
        return next < records.size() ? records.get(next++) : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finishedSplits;
    }

    @Override
    public void recycle() {
        whenEmitted.run();
    }
}
