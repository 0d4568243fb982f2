package io.hydrant.jobs.ingest.tail;

import java.util.Arrays;
import java.util.Objects;

/**
 * Some bytes of a file and where they stand, by which the content is known again wherever the file
 * went. Immutable.
 */
final class FileMark {

    /** Bytes of the head of a file; more than a line of a log, which mostly begins with a time. */
    static final int HEAD = 256;

    /** Bytes before the place up to which a file was read. */
    static final int ANCHOR = 64;

    static final FileMark NONE = new FileMark(0, new byte[0]);

    private final long at;
    private final byte[] bytes;

    FileMark(long at, byte[] bytes) {
        this.at = at;
        this.bytes = bytes;
    }

    long at() {
        return at;
    }

    /** The bytes themselves, which nobody may write to. */
    byte[] bytes() {
        return bytes;
    }

    long end() {
        return at + bytes.length;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** As much of it as a file of that size can bear. */
    FileMark within(long size) {
        if (size >= end()) {
            return this;
        }
        return size <= at ? NONE : new FileMark(at, Arrays.copyOf(bytes, (int) (size - at)));
    }

    /** The last bytes before a place, of what this mark has and of what follows it directly. */
    FileMark followedBy(byte[] buffer, int length) {
        int fromBuffer = Math.min(ANCHOR, length);
        int fromHere = Math.min(ANCHOR - fromBuffer, bytes.length);
        byte[] last = new byte[fromHere + fromBuffer];
        System.arraycopy(bytes, bytes.length - fromHere, last, 0, fromHere);
        System.arraycopy(buffer, length - fromBuffer, last, fromHere, fromBuffer);
        return new FileMark(end() + length - last.length, last);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileMark that && at == that.at && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, Arrays.hashCode(bytes));
    }

    /** Where it is; the bytes are the user's. */
    @Override
    public String toString() {
        return bytes.length + " bytes at " + at;
    }
}
