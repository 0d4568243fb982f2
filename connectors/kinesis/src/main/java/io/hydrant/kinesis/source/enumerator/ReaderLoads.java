package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.split.KinesisShardSplit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which subtask reads how many shards, and who gets the next one: whoever reads fewest; among those
 * whoever reads fewest of the same stream, because streams differ in how busy they are; then the
 * lowest number. Subtasks that are not up yet count as readers of nothing, so the first one to come
 * up does not get everything.
 */
final class ReaderLoads {

    private final Map<Integer, Load> held = new HashMap<>();
    private final Map<String, Integer> planned = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();

    /** What is planned for a subtask but not assigned. */
    private final Map<Integer, Load> plans = new HashMap<>();

    /** A subtask is up with these splits. */
    void started(int subtask, Set<String> splitIds) {
        Load load = new Load();
        splitIds.forEach(load::add);
        held.put(subtask, load);
    }

    /** A subtask is down; what it reads is unknown until it is up again. */
    void stopped(int subtask) {
        held.remove(subtask);
        ended.remove(subtask);
    }

    /** Whether the subtask is up. */
    boolean isUp(int subtask) {
        return held.containsKey(subtask);
    }

    /** Whether the subtask was told that nothing comes any more. */
    boolean hasEnded(int subtask) {
        return ended.contains(subtask);
    }

    /** The subtask was told that nothing comes any more; false when it was before. */
    boolean ended(int subtask) {
        return ended.add(subtask);
    }

    /** Whether all subtasks are up. */
    boolean allUp(int parallelism) {
        return held.size() >= parallelism;
    }

    /** The subtask that gets the split; the same answer until the split is assigned. */
    int ownerOf(String splitId, int parallelism) {
        Integer owner = planned.get(splitId);
        if (owner == null || owner >= parallelism || ended.contains(owner)) {
            unplan(splitId);
            owner = leastLoaded(KinesisShardSplit.streamOf(splitId), parallelism);
            planned.put(splitId, owner);
            plans.computeIfAbsent(owner, subtask -> new Load()).add(splitId);
        }
        return owner;
    }

    /** The split went to the subtask. */
    void assigned(String splitId, int subtask) {
        unplan(splitId);
        held.get(subtask).add(splitId);
    }

    /** The subtask reads the split no more. */
    void released(String splitId, int subtask) {
        Load load = held.get(subtask);
        if (load != null) {
            load.remove(splitId);
        }
    }

    private void unplan(String splitId) {
        Integer owner = planned.remove(splitId);
        if (owner != null) {
            plans.get(owner).remove(splitId);
        }
    }

    private int leastLoaded(String stream, int parallelism) {
        int least = -1;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            if (!ended.contains(subtask) && (least < 0 || readsLess(subtask, least, stream))) {
                least = subtask;
            }
        }
        if (least < 0) {
            throw new IllegalStateException(
                    "A shard is left to read, but all subtasks were told that none is");
        }
        return least;
    }

    private boolean readsLess(int subtask, int other, String stream) {
        int difference = splits(subtask) - splits(other);
        return difference < 0
                || (difference == 0 && splitsOf(stream, subtask) < splitsOf(stream, other));
    }

    private int splits(int subtask) {
        return load(held, subtask).splitIds.size() + load(plans, subtask).splitIds.size();
    }

    private int splitsOf(String stream, int subtask) {
        return load(held, subtask).ofStream.getOrDefault(stream, 0)
                + load(plans, subtask).ofStream.getOrDefault(stream, 0);
    }

    private static Load load(Map<Integer, Load> loads, int subtask) {
        return loads.getOrDefault(subtask, Load.NOTHING);
    }

    /** Splits of one subtask, and how many of each stream. */
    private static final class Load {

        private static final Load NOTHING = new Load();

        private final Set<String> splitIds = new HashSet<>();
        private final Map<String, Integer> ofStream = new HashMap<>();

        void add(String splitId) {
            if (splitIds.add(splitId)) {
                ofStream.merge(KinesisShardSplit.streamOf(splitId), 1, Integer::sum);
            }
        }

        void remove(String splitId) {
            if (splitIds.remove(splitId)) {
                ofStream.computeIfPresent(
                        KinesisShardSplit.streamOf(splitId), (s, n) -> n == 1 ? null : n - 1);
            }
        }
    }
}
