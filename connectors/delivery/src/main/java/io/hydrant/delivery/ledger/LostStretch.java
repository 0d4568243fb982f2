package io.hydrant.delivery.ledger;

import java.time.Instant;

/**
 * A stretch of a shard that was lost by retention: the stream did not hold it any more when the
 * delivery came to it.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param after the last record before the stretch; sequence number 0 for the shard's beginning
 * @param before the first record behind it, equal to {@code after} where there was none
 * @param sinceMillis what arrived until then was not lost, in milliseconds since the epoch; 0 where
 *     that is not known
 * @param untilMillis what arrived later was not lost
 */
public record LostStretch(
        String stream,
        String shard,
        RecordPosition after,
        RecordPosition before,
        long sinceMillis,
        long untilMillis) {

    static LostStretch of(LedgerEntry entry, ShardTally stretch) {
        return new LostStretch(
                stretch.stream(),
                stretch.shard(),
                new RecordPosition(stretch.firstSequence(), stretch.firstSubSequence()),
                new RecordPosition(stretch.lastSequence(), stretch.lastSubSequence()),
                entry.oldestArrivalMillis(),
                entry.newestArrivalMillis());
    }

    /** One line that says what may be lost. */
    @Override
    public String toString() {
        return "lost by retention: "
                + stream
                + ' '
                + shard
                + ", records behind "
                + (after.sequence().equals("0") ? "its beginning" : after)
                + (before.equals(after) ? "" : " and before " + before)
                + ", arrived "
                + (sinceMillis == 0 ? "" : "after " + Instant.ofEpochMilli(sinceMillis) + " and ")
                + "until "
                + Instant.ofEpochMilli(untilMillis);
    }
}
