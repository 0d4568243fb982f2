package io.hydrant.delivery.conversion.row;

import io.hydrant.delivery.buffer.GrowingBytes;

/** Encodes characters without an object in between. */
final class Utf8 {

    private Utf8() {}

    static void write(char[] source, int offset, int length, GrowingBytes out) {
        out.reserve(length);
        int end = offset + length;
        int i = offset;
        while (i < end) {
            char c = source[i++];
            if (c < 0x80) {
                out.write(c);
            } else if (c < 0x800) {
                out.write(0xC0 | (c >> 6));
                out.write(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                out.write(0xE0 | (c >> 12));
                out.write(0x80 | ((c >> 6) & 0x3F));
                out.write(0x80 | (c & 0x3F));
            } else if (i < end && Character.isSurrogatePair(c, source[i])) {
                int point = Character.toCodePoint(c, source[i++]);
                out.write(0xF0 | (point >> 18));
                out.write(0x80 | ((point >> 12) & 0x3F));
                out.write(0x80 | ((point >> 6) & 0x3F));
                out.write(0x80 | (point & 0x3F));
            } else {
                out.write('?');
            }
        }
    }
}
