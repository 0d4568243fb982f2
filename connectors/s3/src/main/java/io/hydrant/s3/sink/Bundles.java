package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;

/**
 * Stages small objects together ahead of their checkpoint. By itself each takes three requests as a
 * multipart upload, of which two come before the checkpoint; together they take one at its commit
 * and next to none before. That is what a store charges for, and what small objects cost.
 *
 * <p>What is added counts as leaving; what is not under way yet at a checkpoint goes with it in one
 * piece. Belongs to the subtask's thread.
 */
final class Bundles {

    /** Beyond that the bytes, which are read back once, cost more than the requests. */
    static final int LARGEST_OBJECT = 64 * 1024;

    /** The committer has a few of them in memory at once. */
    static final int FULL = 1024 * 1024;

    private final Segments segments;
    private final MemoryBudget budget;
    private final boolean isOn;
    private Bundle open = new Bundle();

    /**
     * Bundles of a writer.
     *
     * @param isOn whether there are any: only a committer that gets all of a checkpoint's objects
     *     at once knows when nobody needs a bundle any more
     */
    Bundles(Segments segments, MemoryBudget budget, boolean isOn) {
        this.segments = segments;
        this.budget = budget;
        this.isOn = isOn;
    }

    /**
     * Whether the object is one that is better staged with others. One of a checkpoint may be for
     * another bucket than those of now, where its committer would not find the segment.
     */
    boolean takes(RolledObject object) {
        return isOn
                && object.upload() == null
                && object.tail().length <= LARGEST_OBJECT
                && object.bucket().equals(segments.bucket());
    }

    /** Adds an object, whose bytes the budget counts as held. */
    Bundle.Place add(byte[] content) {
        Bundle.Place place = open.add(content);
        budget.leave(content.length);
        if (open.length() >= FULL) {
            send();
        }
        return place;
    }

    /** Sends what was added; memory that counts as leaving is on its way then. */
    void send() {
        if (open.length() == 0) {
            return;
        }
        Bundle sent = open;
        open = new Bundle();
        // Counted anew as what it is from here on: a segment.
        budget.leave(-sent.length());
        budget.hold(-sent.length());
        segments.send(sent);
    }

    /** Leaves what was added to those that take the objects over in one piece. */
    void handOver() {
        budget.leave(-open.length());
        open = new Bundle();
    }
}
