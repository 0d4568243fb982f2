package io.hydrant.delivery.buffer;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * A byte array that grows at its end and shows itself without copying. Unsynchronised, unlike
 * {@link java.io.ByteArrayOutputStream}, and throws nothing checked.
 */
public final class GrowingBytes extends OutputStream {

    /** An array that grows tightly grows by one part in so many. */
    private static final int TIGHT_GROWTH = 8;

    /** The largest array that every JVM can allocate. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    /** Starts with room for {@code capacity} bytes, 0 allowed. */
    public GrowingBytes(int capacity) {
        this(new byte[capacity]);
    }

    private GrowingBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** All of {@code bytes}, without a copy; the array is given away. */
    public static GrowingBytes of(byte[] bytes) {
        GrowingBytes wrapped = new GrowingBytes(bytes);
        wrapped.length = bytes.length;
        return wrapped;
    }

    /** The array, valid up to {@link #length()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Bytes written. */
    public int length() {
        return length;
    }

    /** Bytes held in memory, written or not; what a memory budget has to count. */
    public int capacity() {
        return bytes.length;
    }

    /**
     * Makes room for {@code more} bytes behind {@link #length()}, to be written into {@link
     * #array()} directly.
     */
    public void reserve(int more) {
        if (more > bytes.length - length) {
            grow(more, bytes.length);
        }
    }

    /**
     * Makes room for {@code more} bytes and little beyond, for an array that is kept for long and
     * grows seldom.
     */
    public void reserveTightly(int more) {
        if (more > bytes.length - length) {
            grow(more, bytes.length / TIGHT_GROWTH);
        }
    }

    /**
     * Counts {@code written} bytes that were put into {@link #array()} behind {@link #length()}.
     */
    public void advance(int written) {
        Objects.checkFromIndexSize(length, written, bytes.length);
        length += written;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Forgets what was written behind the first {@code keptLength} bytes. */
    public void truncate(int keptLength) {
        Objects.checkFromToIndex(0, keptLength, length);
        length = keptLength;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written and keeps the array. */
    public void clear() {
        length = 0;
    }

    /** Forgets what was written and lets go of any array larger than {@code keepCapacity}. */
    public void clear(int keepCapacity) {
        length = 0;
        if (bytes.length > keepCapacity) {
            bytes = new byte[keepCapacity];
        }
    }

    private void grow(int more, int least) {
        if (more > MAX_CAPACITY - length) {
            throw new IllegalStateException(
                    "A buffer of " + length + " bytes cannot grow by " + more);
        }
        int wanted = length + more;
        int grown = (int) Math.min(MAX_CAPACITY, (long) bytes.length + least);
        bytes = Arrays.copyOf(bytes, Math.max(wanted, grown));
    }
}
