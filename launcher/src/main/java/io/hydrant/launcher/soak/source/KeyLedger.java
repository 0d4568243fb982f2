package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was put and what has come out, per partition key. The records of a key are numbered as they
 * are put, so each must come out behind the one before: that is both once and in order. What is
 * left out must have been reported as lost before.
 */
final class KeyLedger {

    private final Map<String, List<Place>> put = new TreeMap<>();
    private final Map<String, BitSet> out = new HashMap<>();
    private final Map<String, List<LostRange>> lost = new HashMap<>();

    /** Of each stream the youngest shard that was reported as gone. */
    private final Map<String, String> youngestGone = new HashMap<>();

    private final Predicate<Envelope> isOfGoneShard;

    /**
     * An empty ledger.
     *
     * @param isOfGoneShard whether the whole shard of a record has expired
     */
    KeyLedger(Predicate<Envelope> isOfGoneShard) {
        this.isOfGoneShard = isOfGoneShard;
    }

    /** Where a record was put. */
    private record Place(Envelope record, long subSequence) {}

    /** The number of the next record of the key. */
    long nextOf(String key) {
        return put.getOrDefault(key, List.of()).size() + 1L;
    }

    /**
     * The next record of the key was put.
     *
     * @param record the Kinesis record that holds it
     * @param subSequence its place there
     */
    void placed(String key, Envelope record, long subSequence) {
        put.computeIfAbsent(key, k -> new ArrayList<>()).add(new Place(record, subSequence));
    }

    /** A record has come out. */
    void cameOut(String key, long number) {
        BitSet numbers = out.computeIfAbsent(key, k -> new BitSet());
        long before = newest(numbers);
        if (number <= before) {
            throw new Violation(
                    "Record " + number + " of key " + key + " came out again, behind " + before);
        }
        for (long left = before + 1; left < number; left++) {
            if (!isLost(key, left)) {
                throw new Violation(
                        "Record "
                                + number
                                + " of key "
                                + key
                                + " came out behind record "
                                + before
                                + ": record "
                                + left
                                + " is missing, "
                                + put.get(key).get((int) left - 1).record());
            }
        }
        numbers.set((int) number);
    }

    /** A failure undoes that the record has come out. */
    void undone(String key, long number) {
        out.get(key).clear((int) number);
    }

    /** The source says that a stretch may be lost. */
    void lost(LostRange range) {
        lost.computeIfAbsent(shard(range.stream(), range.shard()), k -> new ArrayList<>())
                .add(range);
        if (range.toEnd() && isOfGoneShard.test(range.marker())) {
            youngestGone.merge(range.stream(), range.shard(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    /** A failure undoes that it said so. */
    void undone(LostRange range) {
        lost.get(shard(range.stream(), range.shard())).remove(range);
    }

    /** Whether the source has said of anything that it may be lost. */
    boolean reportedLost() {
        return lost.values().stream().anyMatch(ranges -> !ranges.isEmpty());
    }

    /** Records put so far. */
    long total() {
        return put.values().stream().mapToLong(List::size).sum();
    }

    /** Records that did not come out. */
    long left() {
        return total() - out.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Whether everything that was put has come out, or was reported as lost. */
    boolean isEven() {
        return missing().isEmpty();
    }

    /** What is missing, key by key. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        put.forEach(
                (key, places) -> {
                    long came = newest(out.getOrDefault(key, new BitSet()));
                    for (long number = came + 1; number <= places.size(); number++) {
                        if (!isLost(key, number)) {
                            missing.add(
                                    key
                                            + " from record "
                                            + number
                                            + " of "
                                            + places.size()
                                            + ", "
                                            + places.get((int) number - 1).record());
                            return;
                        }
                    }
                });
        return missing;
    }

    private boolean isLost(String key, long number) {
        Place place = put.get(key).get((int) number - 1);
        for (LostRange range :
                lost.getOrDefault(shard(place.record.stream(), place.record.shard()), List.of())) {
            if (covers(range, place)) {
                return true;
            }
        }
        // Of shards that came and went unseen, the source reports the last ones.
        return isOfGoneShard.test(place.record)
                && place.record
                                .shard()
                                .compareTo(youngestGone.getOrDefault(place.record.stream(), ""))
                        < 0;
    }

    private static boolean covers(LostRange range, Place place) {
        // Sequence numbers of the simulation are all of one length.
        String sequence = place.record.sequence();
        int behind = range.after() == null ? 1 : sequence.compareTo(range.after());
        boolean isBehind =
                behind > 0 || (behind == 0 && place.subSequence > range.afterSubSequence());
        return isBehind
                && (range.before() == null
                        ? place.record.arrivalMillis() <= range.untilMillis()
                        : sequence.compareTo(range.before()) < 0);
    }

    private static long newest(BitSet numbers) {
        return Math.max(0, numbers.length() - 1);
    }

    private static String shard(String stream, String shard) {
        return stream + '/' + shard;
    }
}
