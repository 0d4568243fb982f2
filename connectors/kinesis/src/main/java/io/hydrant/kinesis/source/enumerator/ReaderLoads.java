package io.hydrant.kinesis.source.enumerator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which subtask reads how many shards, and who gets the next one: whoever reads fewest, the lowest
 * number first. Subtasks that are not up yet count as readers of nothing, so the first one to come
 * up does not get everything.
 */
final class ReaderLoads {

    private final Map<Integer, Set<String>> held = new HashMap<>();
    private final Map<String, Integer> planned = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();

    /** A subtask is up with these splits. */
    void started(int subtask, Set<String> splitIds) {
        held.put(subtask, new HashSet<>(splitIds));
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
            owner = leastLoaded(parallelism);
            planned.put(splitId, owner);
        }
        return owner;
    }

    /** The split went to the subtask. */
    void assigned(String splitId, int subtask) {
        planned.remove(splitId);
        held.get(subtask).add(splitId);
    }

    /** The subtask reads the split no more. */
    void released(String splitId, int subtask) {
        Set<String> splits = held.get(subtask);
        if (splits != null) {
            splits.remove(splitId);
        }
    }

    private int leastLoaded(int parallelism) {
        int[] loads = new int[parallelism];
        held.forEach((subtask, splits) -> add(loads, subtask, splits.size()));
        planned.values().forEach(subtask -> add(loads, subtask, 1));
        int least = -1;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            if (!ended.contains(subtask) && (least < 0 || loads[subtask] < loads[least])) {
                least = subtask;
            }
        }
        if (least < 0) {
            throw new IllegalStateException(
                    "A shard is left to read, but all subtasks were told that none is");
        }
        return least;
    }

    private static void add(int[] loads, int subtask, int splits) {
        if (subtask < loads.length) {
            loads[subtask] += splits;
        }
    }
}
