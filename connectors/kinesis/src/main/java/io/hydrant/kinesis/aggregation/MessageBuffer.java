package io.hydrant.kinesis.aggregation;

import java.util.Arrays;

/** Protobuf fields written one behind the other. */
final class MessageBuffer {

    /** Room that stays when the buffer is cleared. */
    private static final int KEPT_BYTES = 1 << 16;

    private byte[] bytes = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    void varint(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A length-delimited field: tag, length, content. */
    void field(int tag, byte[] content, int offset, int count) {
        varint(tag);
        varint(count);
        reserve(count);
        System.arraycopy(content, offset, bytes, length, count);
        length += count;
    }

    int copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, length);
        return at + length;
    }

    byte[] copyTail(int count) {
        return Arrays.copyOfRange(bytes, length - count, length);
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
