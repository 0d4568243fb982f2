package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/** Writes numbers with the lowest byte first. */
final class LittleEndian {

    private LittleEndian() {}

    static void writeShort(int value, GrowingBytes out) {
        out.write(value);
        out.write(value >>> 8);
    }

    static void writeInt(int value, GrowingBytes out) {
        writeShort(value, out);
        writeShort(value >>> 16, out);
    }
}
