package io.hydrant.delivery.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a shard that overlapping entries cover together.
 *
 * <p>Objects that were open side by side (partitions, error objects) hold records that interleave.
 * Which of the stretch's records is in which of them cannot be told from ranges, but their counts
 * and fingerprints add up to those of the stretch.
 *
 * <p>The first stretch may begin before the oldest record that the stream still holds. Each entry
 * that does so has at least its first record beyond retention, and its last one within; where the
 * others are cannot be told.
 */
final class ShardCluster {

    private static final Comparator<ShardTally> BY_FIRST =
            (a, b) ->
                    RecordPosition.compare(
                            a.firstSequence(),
                            a.firstSubSequence(),
                            b.firstSequence(),
                            b.firstSubSequence());

    final String firstSequence;
    final long firstSubSequence;
    private String lastSequence;
    private long lastSubSequence;
    private long count;
    private long fingerprint;
    private long leastBeyondRetention;
    private long mostBeyondRetention;
    private boolean isCut;

    private ShardCluster(ShardTally tally) {
        firstSequence = tally.firstSequence();
        firstSubSequence = tally.firstSubSequence();
        lastSequence = firstSequence;
        lastSubSequence = firstSubSequence;
        add(tally);
    }

    /** The clusters of the tallies, in the shard's order. */
    static List<ShardCluster> of(List<ShardTally> tallies) {
        List<ShardTally> sorted = new ArrayList<>(tallies);
        sorted.sort(BY_FIRST);
        List<ShardCluster> clusters = new ArrayList<>();
        ShardCluster open = null;
        for (ShardTally tally : sorted) {
            if (open != null && !open.endsBefore(tally.firstSequence(), tally.firstSubSequence())) {
                open.add(tally);
            } else {
                open = new ShardCluster(tally);
                clusters.add(open);
            }
        }
        return clusters;
    }

    /** Takes it that the entry, which belongs to the stretch, reaches beyond the retention. */
    void cut(ShardTally tally) {
        isCut = true;
        if (tally.parts() == 0) {
            leastBeyondRetention++;
            mostBeyondRetention += tally.count() - 1;
        } else {
            // What stands at its ends may be parts of records that count elsewhere.
            mostBeyondRetention += tally.count();
        }
    }

    boolean startsAfter(String sequence, long subSequence) {
        return RecordPosition.compare(firstSequence, firstSubSequence, sequence, subSequence) > 0;
    }

    boolean endsBefore(String sequence, long subSequence) {
        return RecordPosition.compare(lastSequence, lastSubSequence, sequence, subSequence) < 0;
    }

    RecordPosition first() {
        return new RecordPosition(firstSequence, firstSubSequence);
    }

    RecordPosition last() {
        return new RecordPosition(lastSequence, lastSubSequence);
    }

    long count() {
        return count;
    }

    /** Deliveries of the stretch's retained records, if no more than must be are beyond. */
    long mostRetained() {
        return count - leastBeyondRetention;
    }

    /** Deliveries of the stretch's retained records, if all that can be are beyond. */
    long leastRetained() {
        return count - mostBeyondRetention;
    }

    /** Whether it begins before the oldest record that the stream still holds. */
    boolean isCut() {
        return isCut;
    }

    long fingerprint() {
        return fingerprint;
    }

    private void add(ShardTally tally) {
        count += tally.count();
        fingerprint += tally.fingerprint();
        if (endsBefore(tally.lastSequence(), tally.lastSubSequence())) {
            lastSequence = tally.lastSequence();
            lastSubSequence = tally.lastSubSequence();
        }
    }
}
