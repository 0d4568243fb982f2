package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rule which shard may be read when, for one stream.
 *
 * <p>A shard may be read when none of its parents is still to be read: each is either unknown (it
 * is older than where reading began, or forgotten) or <em>recorded</em> as finished. Finished is
 * recorded once a completed checkpoint has it. Before that the end of a parent may be undone by a
 * failure, and a child that was handed out already would overtake its parent's last records. A job
 * that has never begun a checkpoint has nothing that a failure could go back to but the start, so
 * until then finished is recorded at once. With {@link ShardOrder#NONE} any shard may be read at
 * any time.
 *
 * <p>A shard is forgotten when its end is in a completed checkpoint, its parents are forgotten, and
 * its children are known: nothing can come any more that it would have to be remembered for. So
 * what is held grows with the shards that are being read or wait, not with all that ever were.
 *
 * <p>Nothing here knows Flink. Not thread-safe.
 */
final class ShardTracker {

    private final ShardOrder order;
    private final boolean knowsKeys;
    private final Map<String, TrackedShard> shards = new LinkedHashMap<>();

    /** Shards whose end was reported but is not recorded. */
    private final Map<String, ReportedEnd> unrecorded = new LinkedHashMap<>();

    private long newSince;
    private boolean checkpointing;
    private long newestCheckpoint = Long.MIN_VALUE;
    private String newestShardId;

    /** An empty tracker of a stream whose shards say which keys they hold. */
    ShardTracker(ShardOrder order) {
        this(order, true);
    }

    /**
     * An empty tracker.
     *
     * @param knowsKeys whether shards say which keys they hold. Where they do not, nobody can tell
     *     that all children of a shard are known, so it is remembered for as long as it is listed;
     *     and a listing since a time has all shards, so that each is read from that time on
     */
    ShardTracker(ShardOrder order, boolean knowsKeys) {
        this.order = order;
        this.knowsKeys = knowsKeys;
        this.checkpointing = order == ShardOrder.PARENTS_CHECKPOINTED;
    }

    /** A tracker as a checkpoint left it. */
    ShardTracker(StreamProgress progress, ShardOrder order) {
        this(order, !progress.stream().isOfTable());
        progress.shards().forEach(shard -> shards.put(shard.shard().id(), shard));
        newestShardId = progress.newestShardId();
        checkpointing = true;
    }

    /** The job has begun a checkpoint before it knew the stream. */
    void makesCheckpoints() {
        checkpointing = true;
    }

    /** The order in which a stream makes its shards. */
    static Comparator<String> byAge() {
        return Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    }

    /** The newest shard ever listed, null before the first listing. */
    String newestShardId() {
        return newestShardId;
    }

    /**
     * Says when shards that are taken in from now on can hold records from at the earliest.
     *
     * @param millis that time, in milliseconds since the epoch; 0 where it is not known
     */
    void newShardsSince(long millis) {
        newSince = millis;
    }

    /**
     * Takes in the first listing of the stream.
     *
     * @param start where to begin with shards whose parents are not in the listing; the others are
     *     read from their beginning, unless the listing has shards that end before the start
     */
    void begin(Collection<Shard> listed, Position start) {
        Set<String> ids = new HashSet<>();
        listed.forEach(shard -> ids.add(shard.id()));
        for (Shard shard : listed) {
            boolean hasParent = shard.parents().stream().anyMatch(ids::contains);
            // A shard that has parents in the listing is as old as their end, which nobody knows
            // before they are read. Where it does not wait for them, it is as the others are.
            add(
                    shard,
                    knowsKeys && hasParent ? new Position.TrimHorizon() : start,
                    hasParent && order != ShardOrder.NONE ? 0 : newSince);
            newestShardId = isYounger(shard.id(), newestShardId) ? shard.id() : newestShardId;
        }
    }

    /**
     * Takes in what a later listing found. New is a shard that is newer than all known, and one
     * that is unknown although a parent is known: a listing made during a reshard may leave out a
     * child, and list a younger one. Other unknown shards are from before the start, or forgotten.
     *
     * <p>All parents of a new shard are known, unless one was left out. Such a shard is left for a
     * listing of all, which has its parents, or shows that they are gone: made and expired while
     * nobody looked, and everything in them lost. Those are taken in, too, so that whoever is to
     * read them finds that, and says so.
     *
     * @param all whether all shards were asked for
     * @return whether nothing was left for a listing of all
     */
    boolean found(Collection<Shard> listed, boolean all) {
        String known = newestShardId;
        boolean complete = true;
        String newest = known;
        for (Shard shard : listed) {
            boolean isNew = isYounger(shard.id(), known);
            if (!all && isNew && !shards.keySet().containsAll(shard.parents())) {
                complete = false;
            } else if (isNew || hasTrackedParent(shard)) {
                addMissed(shard, listed, known);
                add(shard, new Position.TrimHorizon(), newSince);
                newest = isYounger(shard.id(), newest) ? shard.id() : newest;
            }
        }
        if (complete) {
            // Else what was left would count as old when it is listed again.
            newestShardId = newest;
        }
        return complete;
    }

    /** Whether a shard was made after another; all were made after none. */
    private static boolean isYounger(String shardId, String than) {
        return than == null || byAge().compare(shardId, than) > 0;
    }

    /** The shards that may be read and that no reader has, oldest first. */
    List<TrackedShard> ready() {
        List<TrackedShard> ready = new ArrayList<>();
        for (TrackedShard tracked : shards.values()) {
            if (tracked.status() == ShardStatus.WAITING
                    && (order == ShardOrder.NONE
                            || tracked.shard().parents().stream().allMatch(this::isRecorded))) {
                ready.add(tracked);
            }
        }
        return ready;
    }

    /** A reader says what a shard leaves to its children, whose end it reports next. */
    void left(String shardId, Inheritance left) {
        shards.computeIfPresent(shardId, (id, tracked) -> tracked.leaving(left));
    }

    /** What a shard begins with. */
    Inheritance inheritance(TrackedShard shard) {
        Inheritance inheritance = shard.inherited();
        for (String parent : shard.shard().parents()) {
            TrackedShard tracked = shards.get(parent);
            if (tracked != null && tracked.status() == ShardStatus.FINISHED) {
                inheritance = inheritance.plus(tracked.left());
            }
        }
        return inheritance;
    }

    /** How many shards no reader has had, ready or not. */
    int waiting() {
        int waiting = 0;
        for (TrackedShard tracked : shards.values()) {
            waiting += tracked.status() == ShardStatus.WAITING ? 1 : 0;
        }
        return waiting;
    }

    /** How many shards could be read if the end of their parents were recorded. */
    int heldBack() {
        int heldBack = 0;
        if (order != ShardOrder.NONE && !unrecorded.isEmpty()) {
            for (TrackedShard tracked : shards.values()) {
                List<String> parents = tracked.shard().parents();
                heldBack +=
                        tracked.status() == ShardStatus.WAITING
                                        && parents.stream().allMatch(this::isRead)
                                        && parents.stream().anyMatch(unrecorded::containsKey)
                                ? 1
                                : 0;
            }
        }
        return heldBack;
    }

    /** Whether all shards that are known were read to their end. */
    boolean isThrough() {
        for (TrackedShard tracked : shards.values()) {
            if (tracked.status() != ShardStatus.FINISHED) {
                return false;
            }
        }
        return true;
    }

    /** A reader has the shard now. */
    void assigned(String shardId) {
        set(shardId, ShardStatus.ASSIGNED);
    }

    /** The assignment of the shard is undone, and with it all that was read of it. */
    void returned(String shardId) {
        unrecorded.remove(shardId);
        set(shardId, ShardStatus.WAITING);
    }

    /**
     * A reader has read the shard to its end.
     *
     * @return whether that is recorded already
     */
    boolean finished(String shardId, int subtask) {
        TrackedShard tracked = shards.get(shardId);
        if (tracked == null) {
            // Forgotten, which only recorded shards are.
            return true;
        }
        if (tracked.status() == ShardStatus.FINISHED && !unrecorded.containsKey(shardId)) {
            return true;
        }
        set(shardId, ShardStatus.FINISHED);
        if (!checkpointing) {
            return true;
        }
        unrecorded.put(shardId, new ReportedEnd(subtask, newestCheckpoint));
        return false;
    }

    /**
     * A subtask failed and comes back with its state of the last completed checkpoint, in which the
     * shards whose end it reported since are not finished.
     */
    void subtaskReset(int subtask) {
        unrecorded
                .entrySet()
                .removeIf(
                        entry -> {
                            boolean undone = entry.getValue().subtask() == subtask;
                            if (undone) {
                                set(entry.getKey(), ShardStatus.ASSIGNED);
                            }
                            return undone;
                        });
    }

    /** What a checkpoint that begins now has to hold, shards in the order of their listing. */
    List<TrackedShard> snapshot(long checkpointId) {
        checkpointing = true;
        newestCheckpoint = checkpointId;
        return List.copyOf(shards.values());
    }

    /**
     * A checkpoint is complete.
     *
     * @return the shards whose end is recorded by it, with the subtask that reported each
     */
    Map<String, Integer> completed(long checkpointId) {
        Map<String, Integer> recorded = new LinkedHashMap<>();
        if (checkpointId > newestCheckpoint) {
            // Begun by an earlier run, which this one does not know.
            return recorded;
        }
        unrecorded
                .entrySet()
                .removeIf(
                        entry -> {
                            boolean held = entry.getValue().lastCheckpointWithout() < checkpointId;
                            if (held) {
                                recorded.put(entry.getKey(), entry.getValue().subtask());
                            }
                            return held;
                        });
        forgetSucceeded();
        return recorded;
    }

    /**
     * Forgets what has an end in the checkpoint that has just completed and is succeeded by shards
     * that hold all of its keys. Only then: a failure before may give a shard back that was read to
     * its end. Parents go before their children, so that {@link #found} takes no forgotten child
     * for a missed one.
     */
    private void forgetSucceeded() {
        if (!knowsKeys) {
            return;
        }
        Map<String, List<Shard>> children = new HashMap<>();
        for (TrackedShard tracked : shards.values()) {
            for (String parent : tracked.shard().parents()) {
                children.computeIfAbsent(parent, id -> new ArrayList<>(2)).add(tracked.shard());
            }
        }
        forgetIf(
                tracked ->
                        tracked.shard()
                                .hashKeys()
                                .isCoveredBy(
                                        children
                                                .getOrDefault(tracked.shard().id(), List.of())
                                                .stream()
                                                .map(Shard::hashKeys)
                                                .toList()));
    }

    /**
     * Forgets shards whose end is recorded and which the stream does not list any more, parents
     * before children, so that {@link #found} takes no forgotten child for a missed one.
     */
    void forgetUnlisted(Set<String> listed) {
        forgetIf(tracked -> !listed.contains(tracked.shard().id()));
    }

    /** Forgets shards that are recorded and have no parents, and hands on what they leave. */
    private void forgetIf(Predicate<TrackedShard> condition) {
        // Parents are listed before their children, so one pass follows a chain to its end.
        for (TrackedShard tracked : List.copyOf(shards.values())) {
            String id = tracked.shard().id();
            // One that counts as new would be taken in again by the next listing.
            if (!isYounger(id, newestShardId)
                    && isRecorded(id)
                    && !hasTrackedParent(tracked.shard())
                    && condition.test(tracked)) {
                shards.remove(id);
                if (!tracked.left().isEmpty()) {
                    // Also to a child that a reader has: a failure may go back to a checkpoint from
                    // before it was handed out, and it will be handed out with this again.
                    shards.replaceAll(
                            (childId, child) ->
                                    !isRecorded(childId) && child.shard().parents().contains(id)
                                            ? child.inheriting(tracked.left())
                                            : child);
                }
            }
        }
    }

    private boolean hasTrackedParent(Shard shard) {
        return shard.parents().stream().anyMatch(shards::containsKey);
    }

    private boolean isRead(String shardId) {
        TrackedShard tracked = shards.get(shardId);
        return tracked == null || tracked.status() == ShardStatus.FINISHED;
    }

    private boolean isRecorded(String shardId) {
        TrackedShard tracked = shards.get(shardId);
        return tracked == null
                || (tracked.status() == ShardStatus.FINISHED && !unrecorded.containsKey(shardId));
    }

    private void addMissed(Shard child, Collection<Shard> listed, String known) {
        for (String parent : child.parents()) {
            if (isYounger(parent, known)
                    && listed.stream().noneMatch(shard -> shard.id().equals(parent))) {
                // Nobody will ever look at its keys.
                Shard gone = new Shard(parent, List.of(), child.hashKeys(), true);
                add(gone, new Position.TrimHorizon(), 0);
            }
        }
    }

    private void add(Shard shard, Position start, long since) {
        shards.putIfAbsent(
                shard.id(),
                new TrackedShard(
                        shard,
                        start,
                        ShardStatus.WAITING,
                        Inheritance.NONE.since(since),
                        Inheritance.NONE));
    }

    private void set(String shardId, ShardStatus status) {
        shards.computeIfPresent(shardId, (id, tracked) -> tracked.with(status));
    }

    /**
     * The end of a shard, until it is recorded.
     *
     * @param subtask who reported it
     * @param lastCheckpointWithout the newest checkpoint that began before; ids of checkpoints grow
     */
    private record ReportedEnd(int subtask, long lastCheckpointWithout) {}
}
