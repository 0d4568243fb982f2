package io.hydrant.delivery.buffer;

/**
 * Adds up the memory that the objects of one subtask take, and judges what it asks for.
 *
 * <p>Everything is counted by capacity, not by fill. Of what is held, some is leaving: it is on its
 * way to the store and goes without further ado. Memory is reclaimed from nine tenths of the limit
 * down to three fifths of what stays, so that one reclaim, which looks at every open object, is
 * paid for by the many records that fit in between. Not thread-safe: the subtask's own thread
 * counts.
 */
public final class MemoryBudget {

    /**
     * What waits goes through the committer's state, where Flink serializes each committable eight
     * times over ({@code SimpleVersionedSerialization.writeVersionAndSerializeList} serializes
     * every element twice, and a collector nests three lists). Little of that is cheaper than a
     * multipart upload; much of it is not.
     */
    private static final long MOST_WAITING = 4L * 1024 * 1024;

    private final long limit;
    private final long reclaimAbove;
    private final long reclaimTo;
    private final long waitingShare;
    private long held;
    private long leaving;
    private long waiting;
    private long peak;

    /** A budget of {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
        this.reclaimAbove = limit / 10 * 9;
        this.reclaimTo = limit / 10 * 6;
        this.waitingShare = Math.min(limit / 4, MOST_WAITING);
    }

    /** Counts a change of what is held, in bytes. */
    public void hold(long change) {
        held += change;
        peak = Math.max(peak, held);
    }

    /** Counts bytes, already held, that are now on their way out; negative once they are gone. */
    public void leave(long change) {
        leaving += change;
    }

    /** Counts bytes, already held, of finished objects that wait for a checkpoint. */
    public void await(long change) {
        waiting += change;
    }

    /** Whether memory has to be made free. */
    public boolean needsReclaim() {
        return held - leaving > reclaimAbove;
    }

    /** Whether reclaiming has to go on. */
    public boolean isAboveTarget() {
        return held - leaving > reclaimTo;
    }

    /** Whether there is so much room that arrays are better kept than allocated anew. */
    public boolean isRelaxed() {
        return held < limit / 4;
    }

    /**
     * Whether there is so much room that what could be made smaller may stay as it is. What is
     * leaving needs no making smaller: where it leaves more slowly than records come, taking the
     * time for that would slow it down further.
     */
    public boolean hasRoom() {
        return held - leaving < limit / 2;
    }

    /**
     * Whether so much waits for a checkpoint that finished objects have to be uploaded ahead of it.
     */
    public boolean isTooMuchWaiting() {
        return waiting > waitingShare;
    }

    /** Whether nothing more may be taken in before something has left. */
    public boolean isExhausted() {
        return held > limit && leaving > 0;
    }

    /** Bytes held. */
    public long held() {
        return held;
    }

    /** The most bytes that were held at once. */
    public long peak() {
        return peak;
    }
}
