package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.ProducerStamp;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import java.util.List;
import java.util.Set;

/** User records of one shard on their way to the task's thread. */
final class ShardBatch implements RecordsWithSplitIds<Envelope> {

    private final List<Envelope> records;
    private final List<ProducerStamp> stamps;
    private final CurrentStamp current;
    private final Set<String> finishedSplits;
    private final Runnable whenEmitted;
    private final String shard;
    private String splitId;
    private int next;

    /**
     * A batch.
     *
     * @param finished whether these are the shard's last
     * @param whenEmitted told once, when Flink is done with the batch
     */
    ShardBatch(String splitId, List<Envelope> records, boolean finished, Runnable whenEmitted) {
        this(splitId, records, List.of(), null, finished, whenEmitted);
    }

    /**
     * A batch whose records may be copies.
     *
     * @param stamps of the records, in their order, null for those without; or empty
     * @param current gets the stamp of each record together with it; not needed without stamps
     */
    ShardBatch(
            String splitId,
            List<Envelope> records,
            List<ProducerStamp> stamps,
            CurrentStamp current,
            boolean finished,
            Runnable whenEmitted) {
        this.stamps = stamps;
        this.current = current;
        this.shard = splitId;
        this.splitId = splitId;
        this.records = records;
        this.finishedSplits = finished ? Set.of(splitId) : Set.of();
        this.whenEmitted = whenEmitted;
    }

    private ShardBatch() {
        this.shard = null;
        this.splitId = null;
        this.records = List.of();
        this.stamps = List.of();
        this.current = null;
        this.finishedSplits = Set.of();
        this.whenEmitted = () -> {};
    }

    /** A batch of nothing, for a reader that was woken. */
    static ShardBatch empty() {
        return new ShardBatch();
    }

    /** The end of a shard, behind the marker of what is lost of it; needs no permit. */
    static ShardBatch end(String splitId, Envelope lost) {
        return new ShardBatch(splitId, List.of(lost), true, () -> {});
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return records.isEmpty() && finishedSplits.isEmpty();
    }

    /** Whose records they are; null of none. */
    String shard() {
        return shard;
    }

    /** The record that is next, which stays; null behind the last. */
    Envelope peek() {
        return next == records.size() ? null : records.get(next);
    }

    @Override
    public String nextSplit() {
        String split = splitId;
        splitId = null;
        return split;
    }

    @Override
    public Envelope nextRecordFromSplit() {
        if (next == records.size()) {
            return null;
        }
        if (!stamps.isEmpty()) {
            current.set(stamps.get(next));
        }
        return records.get(next++);
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
