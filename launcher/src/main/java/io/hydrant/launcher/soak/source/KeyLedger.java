package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What was put and what has come out, per partition key. The records of a key are numbered as they
 * are put, so each must come out behind the one before: that is both once and in order. What is
 * left out must have been reported as lost before.
 *
 * <p>Records of a shard that was handed out beside its parents may overtake theirs, where that is
 * what the order of shards promises; they keep their order among themselves, and each still comes
 * out once.
 */
final class KeyLedger {

    private final Map<String, List<Place>> put = new TreeMap<>();
    private final Map<String, BitSet> out = new HashMap<>();

    /** Numbers below the newest that are not out, among others. */
    private final Map<String, NavigableSet<Long>> overtaken = new HashMap<>();

    /** Shards whose records may come out before those of their parents. */
    private final Set<String> overtaking = new HashSet<>();

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
    private record Place(Envelope record, long subSequence) {

        String shard() {
            return KeyLedger.shard(record.stream(), record.shard());
        }
    }

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

    /** A job begins anew, with nothing that an earlier one knew. */
    void begunAnew() {
        overtaking.clear();
    }

    /**
     * A shard is handed out.
     *
     * @param mayOvertake whether it does not have to wait for its parents
     */
    void handedOut(String stream, String shard, boolean mayOvertake) {
        if (mayOvertake) {
            overtaking.add(shard(stream, shard));
        } else {
            overtaking.remove(shard(stream, shard));
        }
    }

    /** A record has come out. */
    void cameOut(String key, long number) {
        BitSet numbers = out.computeIfAbsent(key, k -> new BitSet());
        if (numbers.get((int) number)) {
            throw new Violation("Record " + number + " of key " + key + " came out again");
        }
        requireNoneAhead(key, number, numbers);
        requireNoneMissing(key, number, numbers);
        overtaken.getOrDefault(key, Collections.emptyNavigableSet()).remove(number);
        numbers.set((int) number);
    }

    private void requireNoneAhead(String key, long number, BitSet numbers) {
        for (int ahead = numbers.nextSetBit((int) number);
                ahead >= 0;
                ahead = numbers.nextSetBit(ahead + 1)) {
            if (!mayOvertake(key, ahead, number)) {
                throw new Violation(
                        "Record " + number + " of key " + key + " came out behind record " + ahead);
            }
        }
    }

    private void requireNoneMissing(String key, long number, BitSet numbers) {
        long newest = newest(numbers);
        NavigableSet<Long> holes = overtaken.computeIfAbsent(key, k -> new TreeSet<>());
        for (long hole : holes.headSet(number)) {
            requireLostOrOvertaken(key, hole, number, numbers);
        }
        for (long left = newest + 1; left < number; left++) {
            if (requireLostOrOvertaken(key, left, number, numbers)) {
                holes.add(left);
            }
        }
    }

    /** Whether a record is still to come behind one that comes out. */
    private boolean requireLostOrOvertaken(String key, long left, long number, BitSet numbers) {
        if (numbers.get((int) left) || isLost(key, left)) {
            return false;
        }
        if (!mayOvertake(key, number, left)) {
            throw new Violation(
                    "Record "
                            + number
                            + " of key "
                            + key
                            + " came out, but record "
                            + left
                            + " is missing, "
                            + place(key, left).record());
        }
        return true;
    }

    private boolean mayOvertake(String key, long ahead, long behind) {
        String shard = place(key, ahead).shard();
        return overtaking.contains(shard) && !shard.equals(place(key, behind).shard());
    }

    /** A failure undoes that the record has come out. */
    void undone(String key, long number) {
        BitSet numbers = out.get(key);
        numbers.clear((int) number);
        if (number < newest(numbers)) {
            overtaken.computeIfAbsent(key, k -> new TreeSet<>()).add(number);
        }
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

    /** What is missing, the first of each key. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String key : put.keySet()) {
            long number = firstMissing(key);
            if (number > 0) {
                missing.add(
                        key
                                + " from record "
                                + number
                                + " of "
                                + put.get(key).size()
                                + ", "
                                + place(key, number).record());
            }
        }
        return missing;
    }

    private long firstMissing(String key) {
        BitSet numbers = out.getOrDefault(key, new BitSet());
        long newest = newest(numbers);
        for (long hole :
                overtaken.getOrDefault(key, Collections.emptyNavigableSet()).headSet(newest)) {
            if (!numbers.get((int) hole) && !isLost(key, hole)) {
                return hole;
            }
        }
        for (long number = newest + 1; number <= put.get(key).size(); number++) {
            if (!isLost(key, number)) {
                return number;
            }
        }
        return 0;
    }

    private Place place(String key, long number) {
        return put.get(key).get((int) number - 1);
    }

    private boolean isLost(String key, long number) {
        Place place = place(key, number);
        for (LostRange range : lost.getOrDefault(place.shard(), List.of())) {
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
