package io.hydrant.kinesis.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes CBOR in all the ways that RFC 8949 allows for the same value: longer heads than needed,
 * strings in chunks, maps and lists with and without a length, tags.
 */
final class RandomCbor {

    private static final int BREAK = 0xFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Random random;

    RandomCbor(Random random) {
        this.random = random;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** Begins a map or list and says whether it needs a break at its end. */
    boolean begin(int major, int items) {
        if (random.nextBoolean()) {
            out.write((major << 5) | 31);
            return true;
        }
        head(major, items);
        return false;
    }

    void end(boolean needsBreak) {
        if (needsBreak) {
            out.write(BREAK);
        }
    }

    void text(String value) {
        bytes(CborInput.TEXT, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] value) {
        bytes(CborInput.BYTES, value);
    }

    void number(long value) {
        head(value < 0 ? CborInput.NEGATIVE : CborInput.UNSIGNED, value < 0 ? -1 - value : value);
    }

    void time(long millis) {
        if (random.nextInt(4) > 0) {
            head(CborInput.TAG, 1);
        }
        number(millis);
    }

    void nothing() {
        out.write(0xF6);
    }

    /** Any value at all, for members that nobody knows. */
    void anything(int depth) {
        switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> number(random.nextLong() >>> 1);
            case 1 -> number(-1 - (random.nextLong() >>> 1));
            case 2 -> text("x".repeat(random.nextInt(300)));
            case 3 -> bytes(new byte[random.nextInt(100_000)]);
            case 4 -> out.write(0xF5);
            case 5 -> {
                out.write(0xFB);
                raw(Double.doubleToLongBits(random.nextDouble()), 8);
            }
            case 6 -> {
                int items = random.nextInt(4);
                boolean needsBreak = begin(CborInput.ARRAY, items);
                for (int i = 0; i < items; i++) {
                    anything(depth + 1);
                }
                end(needsBreak);
            }
            default -> {
                int items = random.nextInt(4);
                boolean needsBreak = begin(CborInput.MAP, items);
                for (int i = 0; i < items; i++) {
                    text("member-" + i);
                    anything(depth + 1);
                }
                end(needsBreak);
            }
        }
    }

    private void bytes(int major, byte[] value) {
        if (random.nextInt(8) > 0) {
            head(major, value.length);
            out.writeBytes(value);
            return;
        }
        out.write((major << 5) | 31);
        int from = 0;
        while (from < value.length) {
            int to = from + 1 + random.nextInt(value.length - from);
            // A character is not to be torn apart between two chunks of text.
            while (to < value.length && (value[to] & 0xC0) == 0x80) {
                to++;
            }
            head(major, to - from);
            out.write(value, from, to - from);
            from = to;
        }
        out.write(BREAK);
    }

    private void head(int major, long argument) {
        int least =
                argument < 24
                        ? 0
                        : argument < 1 << 8
                                ? 1
                                : argument < 1 << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
        int width = least;
        while (width < 8 && random.nextInt(6) == 0) {
            width = width == 0 ? 1 : 2 * width;
        }
        if (width == 0) {
            out.write((major << 5) | (int) argument);
        } else {
            out.write((major << 5) | (24 + Integer.numberOfTrailingZeros(width)));
            raw(argument, width);
        }
    }

    private void raw(long value, int width) {
        for (int i = width - 1; i >= 0; i--) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
