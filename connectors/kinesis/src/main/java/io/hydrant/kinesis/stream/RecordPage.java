package io.hydrant.kinesis.stream;

import io.hydrant.core.record.Envelope;

import java.time.Instant;
import java.util.List;

/**
 * What one read of a shard returned.
 *
 * @param records the Kinesis records in order, aggregates still whole; the receiver's own
 * @param bytes bytes of payload in them
 * @param nextIterator where to read on: an iterator or, in a subscription, the sequence number that
 *     was come to, empty where that is not known; null at the end of a closed shard
 * @param millisBehindLatest how far behind the newest record the read ended, 0 when at it
 * @param serverTime the service's clock when it answered, to the second, rounded down; null where
 *     it did not say or there are records
 */
public record RecordPage(
        List<Envelope> records,
        long bytes,
        String nextIterator,
        long millisBehindLatest,
        Instant serverTime) {

    /** A page whose time nobody asks for. */
    public RecordPage(
            List<Envelope> records, long bytes, String nextIterator, long millisBehindLatest) {
        this(records, bytes, nextIterator, millisBehindLatest, null);
    }

    /** The same page with the time at which it was answered. */
    RecordPage answeredAt(Instant time) {
        return new RecordPage(records, bytes, nextIterator, millisBehindLatest, time);
    }

    /** Whether nothing was left to read: an empty page that is not behind. */
    public boolean isAtTip() {
        // A page that ends between records of the newest millisecond is not behind, either.
        return records.isEmpty() && millisBehindLatest == 0;
    }
}
