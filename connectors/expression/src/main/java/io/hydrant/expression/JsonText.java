package io.hydrant.expression;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes simple values of JSON, as UTF-8. Not thread-safe. */
final class JsonText {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final int MOST_DIGITS = 20;

    private final GrowingBytes out = new GrowingBytes(0);
    private final byte[] digits = new byte[MOST_DIGITS];

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Forgets what was written. */
    void clear(int keptCapacity) {
        out.clear(keptCapacity);
    }

    /** A copy of what was written. */
    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** Bytes that are JSON, or a part of it. */
    void raw(byte[] json) {
        out.write(json);
    }

    /** A bracket, a comma or a colon. */
    void sign(char sign) {
        out.write(sign);
    }

    void nothing() {
        out.write(NULL);
    }

    void truth(boolean value) {
        out.write(value ? TRUE : FALSE);
    }

    void whole(long value) {
        if (value == Long.MIN_VALUE) {
            number(Long.toString(value));
            return;
        }
        int at = MOST_DIGITS;
        long rest = Math.abs(value);
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        out.write(digits, at, MOST_DIGITS - at);
    }

    /** A number as it is written. */
    void number(String number) {
        out.write(ascii(number));
    }

    /** JSON has no infinity and nothing that is not a number; they become texts. */
    void floating(double value) {
        floating(Double.toString(value), Double.isFinite(value));
    }

    void floating(float value) {
        floating(Float.toString(value), Float.isFinite(value));
    }

    private void floating(String value, boolean isFinite) {
        if (isFinite) {
            number(value);
        } else {
            text(value);
        }
    }

    void binary(byte[] value) {
        out.write('"');
        out.write(Base64.getEncoder().encode(value));
        out.write('"');
    }

    /** Half a surrogate pair becomes a question mark. */
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        text(utf8, 0, utf8.length);
    }

    /** A text in UTF-8. */
    void text(byte[] utf8, int offset, int length) {
        out.write('"');
        int written = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int next = utf8[i];
            // Bytes of characters beyond ASCII are negative.
            if ((next >= ' ' || next < 0) && next != '"' && next != '\\') {
                continue;
            }
            out.write(utf8, written, i - written);
            escape(next);
            written = i + 1;
        }
        out.write(utf8, written, end - written);
        out.write('"');
    }

    private void escape(int sign) {
        out.write('\\');
        switch (sign) {
            case '\b' -> out.write('b');
            case '\t' -> out.write('t');
            case '\n' -> out.write('n');
            case '\f' -> out.write('f');
            case '\r' -> out.write('r');
            case '"', '\\' -> out.write(sign);
            default -> {
                out.write('u');
                out.write('0');
                out.write('0');
                out.write(HEX[sign >> 4]);
                out.write(HEX[sign & 0xF]);
            }
        }
    }
}
