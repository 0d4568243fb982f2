package io.hydrant.kinesis.source.reader;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each shard had nothing left to read, and behind which user record or loss that was. Threads
 * that read shards write it; the task's thread puts it into the state.
 *
 * <p>Thread-safe.
 */
final class ReadThrough {

    /**
     * A shard without anything left to read.
     *
     * @param sequence sequence number of the last user record read, null where there was none yet
     * @param subSequence its place in its aggregate
     * @param losses how many losses were found before
     * @param millis a time, in milliseconds since the epoch; all records that arrived until then
     *     have been read, or found to be lost
     */
    record Mark(String sequence, long subSequence, int losses, long millis) {}

    private final Map<String, Mark> marks = new ConcurrentHashMap<>();
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    void reached(String splitId, Mark mark) {
        marks.put(splitId, mark);
    }

    /**
     * A shard was read to its end.
     *
     * @param openUntil a time, in milliseconds since the epoch, at which it was not closed yet; 0
     *     where none is known
     */
    void ended(String splitId, long openUntil) {
        ends.put(splitId, openUntil);
    }

    /** When the shard that has ended was not closed yet, 0 where that is not known. */
    long openUntil(String splitId) {
        return ends.getOrDefault(splitId, 0L);
    }

    /** The last mark of a shard, null where it always had more. */
    Mark of(String splitId) {
        return marks.get(splitId);
    }

    void forget(String splitId) {
        marks.remove(splitId);
        ends.remove(splitId);
    }
}
