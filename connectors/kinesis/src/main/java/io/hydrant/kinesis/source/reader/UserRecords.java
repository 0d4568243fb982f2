package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Turns the Kinesis records of one shard into user records: aggregates are taken apart, and what
 * lies before the position at which reading began is left out.
 *
 * <p>Not thread-safe.
 */
public final class UserRecords {

    private final HashKeyRange range;
    private final KplDeaggregator deaggregator;
    private final boolean stamped;
    private List<ProducerStamp> stamps = List.of();
    private String skipSequence;
    private long skipThrough;

    /** How many the page before had: aggregates make pages of thousands, which lists grow to. */
    private int expected;

    /**
     * User records of one shard.
     *
     * @param range hash keys of the shard
     * @param start where reading begins
     * @param outOfRange null to leave aggregates whole
     */
    public UserRecords(HashKeyRange range, Position start, OutOfRange outOfRange) {
        this(range, start, outOfRange, false);
    }

    /**
     * User records of one shard, and their stamps.
     *
     * @param stamped whether stamps are wanted; needs outOfRange
     */
    UserRecords(HashKeyRange range, Position start, OutOfRange outOfRange, boolean stamped) {
        this.range = range;
        this.stamped = stamped;
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
        int capacity = Math.max(page.size(), expected);
        List<Envelope> result = new ArrayList<>(capacity);
        BiConsumer<Envelope, ProducerStamp> add = (record, stamp) -> result.add(record);
        if (stamped) {
            List<ProducerStamp> stampsOfPage = new ArrayList<>(capacity);
            stamps = stampsOfPage;
            add =
                    (record, stamp) -> {
                        result.add(record);
                        stampsOfPage.add(stamp);
                    };
        }
        int next = 0;
        // Only the very record at which reading began can hold user records that went out before.
        if (skipSequence != null) {
            if (page.get(0).sequence().equals(skipSequence)) {
                BiConsumer<Envelope, ProducerStamp> addNew = add;
                take(page.get(0), (record, stamp) -> addBehind(record, stamp, addNew));
                next = 1;
            }
            skipSequence = null;
        }
        List<Envelope> rest = page.subList(next, page.size());
        if (deaggregator == null) {
            result.addAll(rest);
        } else {
            deaggregator.deaggregate(rest, range, stamped, add);
        }
        expected = result.size();
        return result;
    }

    /**
     * The stamps of the user records given last, in their order, null for those without; empty
     * where they are not wanted. Handed out once.
     */
    List<ProducerStamp> takeStamps() {
        List<ProducerStamp> taken = stamps;
        stamps = List.of();
        return taken;
    }

    /** User records taken out of aggregates so far. */
    public long deaggregated() {
        return deaggregator == null ? 0 : deaggregator.userRecords();
    }

    /** User records left out so far because they lie outside the shard. */
    public long outOfRange() {
        return deaggregator == null ? 0 : deaggregator.droppedRecords();
    }

    private void take(Envelope record, BiConsumer<Envelope, ProducerStamp> out) {
        if (deaggregator == null) {
            out.accept(record, null);
        } else {
            deaggregator.deaggregate(record, range, stamped, out);
        }
    }

    private void addBehind(
            Envelope record, ProducerStamp stamp, BiConsumer<Envelope, ProducerStamp> out) {
        if (record.subSequence() > skipThrough) {
            out.accept(record, stamp);
        }
    }
}
