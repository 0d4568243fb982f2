package io.hydrant.jobs.delivery;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;

import java.time.Instant;

/**
 * Judges by the entries of a ledger where a live delivery of a stream began, which is where a
 * replay that hands over to it ends.
 *
 * <p>A delivery from LATEST begins all its shards at one time, that of its first look at the
 * stream, and keeps to it over failures. Of several deliveries that began anew one after the other,
 * the first behind the beginning of the replay counts: what it delivered must not be replayed.
 */
final class LiveBegin {

    private final String stream;
    private final Instant after;
    private Instant first;

    /**
     * A search.
     *
     * @param stream the Kinesis stream
     * @param after what began then or earlier does not count
     */
    LiveBegin(String stream, Instant after) {
        this.stream = stream;
        this.after = after;
    }

    void add(LedgerEntry entry) {
        if (entry.kind() != EntryKind.BEGUN
                || entry.shards().stream().noneMatch(shard -> shard.stream().equals(stream))) {
            return;
        }
        Instant began = Instant.ofEpochMilli(entry.oldestArrivalMillis());
        if (began.isAfter(after) && (first == null || began.isBefore(first))) {
            first = began;
        }
    }

    /** The time from which on the live delivery has everything; null where none is known. */
    Instant time() {
        return first;
    }
}
