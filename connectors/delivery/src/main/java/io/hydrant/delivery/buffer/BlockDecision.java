package io.hydrant.delivery.buffer;

/**
 * Judges when what is raw in an open object is compressed: at the block size while few objects are
 * open, sooner the more there are, so that all raw chunks together stay a small part of the memory
 * budget. A checkpoint writes what is raw as it is; bounding it bounds the checkpoint.
 */
public final class BlockDecision {

    /** Smaller chunks compress badly. */
    static final int LEAST = 4 * 1024;

    /** Part of the budget that raw chunks may take together. */
    private static final int RAW_SHARE = 8;

    private final int blockSize;
    private final long room;

    /**
     * A decision for one subtask.
     *
     * @param blockSize bytes that are compressed at once where there is room for them
     * @param memoryBudget bytes that all of the subtask's objects may take
     */
    public BlockDecision(int blockSize, long memoryBudget) {
        this.blockSize = blockSize;
        this.room = memoryBudget / RAW_SHARE;
    }

    /**
     * Whether a raw chunk is to be compressed.
     *
     * @param rawBytes its length
     * @param openObjects objects that share the room, at least 1
     */
    public boolean isDue(int rawBytes, int openObjects) {
        if (rawBytes >= blockSize) {
            return true;
        }
        return rawBytes >= LEAST && rawBytes >= room / openObjects;
    }
}
