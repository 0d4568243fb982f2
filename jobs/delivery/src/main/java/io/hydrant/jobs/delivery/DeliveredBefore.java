package io.hydrant.jobs.delivery;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * Judges by the entries of a ledger what of a range was delivered before, whoever did it: an
 * earlier run of the same replay, or the live delivery.
 *
 * <p>An object counts where the arrivals of its records reach into the range. It may hold records
 * from before and after the range and none within, so this errs on the side of "delivered".
 */
final class DeliveredBefore {

    private final Predicate<ShardTally> isOfSource;
    private final Instant from;
    private final Instant to;
    private long records;
    private long entries;
    private long oldestMillis = Long.MAX_VALUE;
    private long newestMillis = Long.MIN_VALUE;

    private DeliveredBefore(Predicate<ShardTally> isOfSource, Instant from, Instant to) {
        this.isOfSource = isOfSource;
        this.from = from;
        this.to = to;
    }

    /**
     * A range of a stream.
     *
     * @param from arrival of its first record
     * @param to arrival of the first record behind it
     */
    static DeliveredBefore ofStream(String stream, Instant from, Instant to) {
        return new DeliveredBefore(tally -> tally.stream().equals(stream), from, to);
    }

    /** An archive, whose objects the ledger has as shards. */
    static DeliveredBefore ofArchive(String stream, String prefix) {
        return new DeliveredBefore(
                tally -> tally.stream().equals(stream) && tally.shard().startsWith(prefix),
                Instant.MIN,
                Instant.MAX);
    }

    void add(LedgerEntry entry) {
        boolean isDelivery =
                entry.kind() == EntryKind.DATA
                        || entry.kind() == EntryKind.ERROR
                        || entry.kind() == EntryKind.WAITING
                        || entry.kind() == EntryKind.DROPPED;
        // What a redrive delivered is its error object's, which counts.
        if (!isDelivery || entry.redrive() != null || !reachesIntoRange(entry)) {
            return;
        }
        long count = entry.shards().stream().filter(isOfSource).mapToLong(ShardTally::count).sum();
        if (count > 0) {
            records += count;
            entries++;
            oldestMillis = Math.min(oldestMillis, entry.oldestArrivalMillis());
            newestMillis = Math.max(newestMillis, entry.newestArrivalMillis());
        }
    }

    private boolean reachesIntoRange(LedgerEntry entry) {
        return Instant.ofEpochMilli(entry.oldestArrivalMillis()).isBefore(to)
                && !Instant.ofEpochMilli(entry.newestArrivalMillis()).isBefore(from);
    }

    /** Whether nothing of the range was. */
    boolean isNothing() {
        return entries == 0;
    }

    /** What was, and where it is safe to end instead. */
    String text() {
        return String.format(
                "has %d records of it in %d entries already, which arrived from %s to %s",
                records,
                entries,
                Instant.ofEpochMilli(oldestMillis),
                Instant.ofEpochMilli(newestMillis));
    }

    /** When the oldest of it arrived. */
    Instant oldest() {
        return Instant.ofEpochMilli(oldestMillis);
    }
}
