package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the Kinesis records of one shard into user records: aggregates are taken apart, and what
 * lies before the position at which reading began is left out.
 *
 * <p>Not thread-safe.
 */
public final class UserRecords {

    private final HashKeyRange range;
    private final KplDeaggregator deaggregator;
    private String skipSequence;
    private long skipThrough;

    /**
     * User records of one shard.
     *
     * @param range hash keys of the shard
     * @param start where reading begins
     * @param outOfRange null to leave aggregates whole
     */
    public UserRecords(HashKeyRange range, Position start, OutOfRange outOfRange) {
        this.range = range;
        this.deaggregator = outOfRange == null ? null : new KplDeaggregator(outOfRange);
        if (start instanceof Position.Behind behind) {
            resumeAt(behind);
        }
    }

    /** The next page is read at that position, so its first record may have gone out before. */
    void resumeAt(Position.Behind position) {
        skipSequence = position.sequence();
        skipThrough = position.subSequence();
    }

    /** The user records in a page of Kinesis records, in order; may be the page itself. */
    public List<Envelope> of(List<Envelope> page) {
        if (page.isEmpty() || (deaggregator == null && skipSequence == null)) {
            return page;
        }
        List<Envelope> result = new ArrayList<>(page.size());
        Consumer<Envelope> add = result::add;
        int next = 0;
        // Only the very record at which reading began can hold user records that went out before.
        if (skipSequence != null) {
            if (page.get(0).sequence().equals(skipSequence)) {
                take(page.get(0), record -> addBehind(record, result));
                next = 1;
            }
            skipSequence = null;
        }
        for (; next < page.size(); next++) {
            take(page.get(next), add);
        }
        return result;
    }

    /** User records taken out of aggregates so far. */
    public long deaggregated() {
        return deaggregator == null ? 0 : deaggregator.userRecords();
    }

    /** User records left out so far because they lie outside the shard. */
    public long outOfRange() {
        return deaggregator == null ? 0 : deaggregator.droppedRecords();
    }

    private void take(Envelope record, Consumer<Envelope> out) {
        if (deaggregator == null) {
            out.accept(record);
        } else {
            deaggregator.deaggregate(record, range, out);
        }
    }

    private void addBehind(Envelope record, List<Envelope> result) {
        if (record.subSequence() > skipThrough) {
            result.add(record);
        }
    }
}
