package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.ObjectBuffer;

/**
 * Keeps the arrays of the object that ended last for the one that begins next. Growing new ones for
 * every object allocates as much as all its records take, much of it in pieces so large that the
 * JVM's collector has to work for each.
 *
 * <p>Not counted by the memory budget; two arrays of at most {@value #LARGEST} bytes.
 */
final class SpareArrays {

    static final int LARGEST = 1024 * 1024;

    private GrowingBytes raw;
    private GrowingBytes tail;

    /** Takes the arrays of a buffer that needs them no more. */
    void keep(GrowingBytes ofRaw, GrowingBytes ofTail) {
        raw = ofRaw.capacity() <= LARGEST ? ofRaw : null;
        tail = ofTail.capacity() <= LARGEST ? ofTail : null;
    }

    /** An empty buffer, over what was kept. */
    ObjectBuffer buffer() {
        ObjectBuffer buffer =
                new ObjectBuffer(
                        raw == null ? new GrowingBytes(0) : raw,
                        tail == null ? new GrowingBytes(0) : tail);
        raw = null;
        tail = null;
        return buffer;
    }
}
