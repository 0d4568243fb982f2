package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.limits.ByteBudget;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * The body of a request while it comes, in memory that is taken from the budget of all bodies: at
 * once where its size was said, and as it grows where it comes in chunks.
 */
final class ArrivingBody {

    private static final int FIRST_CAPACITY = 16 * 1024;

    private final long maxBytes;
    private final ByteBudget budget;
    private final boolean isChunked;
    private byte[] bytes;
    private int length;
    private long reserved;

    /** What became of bytes that came. */
    enum Taken {
        /** They are part of the body. */
        YES,
        /** There are more than the request said. */
        MORE_THAN_SAID,
        /** There are more than a body may have. */
        TOO_MANY,
        /** There is no memory for them now. */
        NO_MEMORY
    }

    private ArrivingBody(long maxBytes, ByteBudget budget, boolean isChunked) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.isChunked = isChunked;
    }

    /** A body of so many bytes; null where there is no memory for it now. */
    static ArrivingBody ofSize(long size, ByteBudget budget) {
        ArrivingBody body = new ArrivingBody(size, budget, false);
        return body.makeRoom(Math.toIntExact(size)) ? body : null;
    }

    /** A body in chunks, of so many bytes at the most, of which none is there yet. */
    static ArrivingBody inChunks(long maxBytes, ByteBudget budget) {
        ArrivingBody body = new ArrivingBody(maxBytes, budget, true);
        body.bytes = new byte[0];
        return body;
    }

    /** Takes the next bytes; where it does not, the body is of no use any more. */
    Taken take(ByteBuf next) {
        int count = next.readableBytes();
        if (length + (long) count > maxBytes) {
            return isChunked ? Taken.TOO_MANY : Taken.MORE_THAN_SAID;
        }
        if (length + count > bytes.length) {
            long wanted = Math.max(length + count, Math.max(FIRST_CAPACITY, 2L * bytes.length));
            if (!makeRoom((int) Math.min(maxBytes, wanted))) {
                return Taken.NO_MEMORY;
            }
        }
        next.readBytes(bytes, length, count);
        length += count;
        return Taken.YES;
    }

    /** The old and the new array are there together for a moment, and so both are counted. */
    private boolean makeRoom(int capacity) {
        if (!budget.take(capacity)) {
            return false;
        }
        bytes = bytes == null ? new byte[capacity] : Arrays.copyOf(bytes, capacity);
        budget.giveBack(reserved);
        reserved = capacity;
        return true;
    }

    /**
     * All bytes that came; its memory is still taken. Null where there is none to cut a body in
     * chunks to its size.
     */
    byte[] whole() {
        if (isChunked && length < bytes.length && !makeRoom(length)) {
            return null;
        }
        return bytes;
    }

    /** Gives its memory back; again without effect. */
    void release() {
        budget.giveBack(reserved);
        reserved = 0;
        bytes = null;
    }
}
