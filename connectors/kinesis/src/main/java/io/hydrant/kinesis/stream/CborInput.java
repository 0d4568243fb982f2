package io.hydrant.kinesis.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads CBOR items from a stream, one after the other, with nothing between the wire and the
 * caller's arrays but one small buffer.
 *
 * <p>Source: RFC 8949. What is not well-formed gets an {@link IOException}, as an answer that was
 * cut off gets.
 *
 * <p>Not thread-safe.
 */
final class CborInput {

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    /** The argument of an item without a length, up to its break. */
    static final long INDEFINITE = -1;

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int INDEFINITE_INFO = 31;
    private static final int MAX_DEPTH = 64;

    /** Above what any member of an answer can have: a record has at most 10 MiB. */
    private static final int MAX_ITEM_BYTES = 64 * 1024 * 1024;

    private static final int SIMPLE_NULL = 22;
    private static final int SIMPLE_UNDEFINED = 23;
    private static final int SINGLE = 26;
    private static final int DOUBLE = 27;
    private static final byte[] NONE = {};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;

    private int major;
    private int info;
    private long argument;

    CborInput(InputStream in) {
        this.in = in;
    }

    /** Reads the head of the next item; false at a break, which ends an item without a length. */
    boolean next() throws IOException {
        int first = readByte();
        if (first == 0xFF) {
            return false;
        }
        major = first >> 5;
        info = first & 0x1F;
        if (info < 24) {
            argument = info;
        } else if (info <= 27) {
            argument = readBigEndian(1 << (info - 24));
        } else if (info == INDEFINITE_INFO && major >= BYTES && major <= MAP) {
            argument = INDEFINITE;
        } else {
            throw malformed("byte " + first + " begins no item");
        }
        return true;
    }

    /** Major type of the item whose head was read. */
    int major() {
        return major;
    }

    /** Number, length or tag of the item whose head was read, or {@link #INDEFINITE}. */
    long argument() {
        return argument;
    }

    /** Whether the item whose head was read is null or undefined. */
    boolean isNull() {
        return major == SIMPLE && (info == SIMPLE_NULL || info == SIMPLE_UNDEFINED);
    }

    /** Reads the head of the next item and leaves its tags out. */
    void value() throws IOException {
        do {
            if (!next()) {
                throw malformed("a break stands where a value belongs");
            }
        } while (major == TAG);
    }

    /** The number whose head was read; null if it is none. */
    Long number() {
        if (major == UNSIGNED) {
            return argument;
        }
        if (major == NEGATIVE) {
            return -1 - argument;
        }
        if (major == SIMPLE && info == DOUBLE) {
            return (long) Double.longBitsToDouble(argument);
        }
        if (major == SIMPLE && info == SINGLE) {
            return (long) Float.intBitsToFloat((int) argument);
        }
        return null;
    }

    /** The text whose head was read. */
    String text() throws IOException {
        requireMajor(TEXT);
        if (argument >= 0 && argument <= BUFFER_BYTES) {
            int length = (int) argument;
            fill(length);
            String text = new String(buffer, position, length, StandardCharsets.UTF_8);
            position += length;
            return text;
        }
        return new String(content(TEXT), StandardCharsets.UTF_8);
    }

    /** The bytes whose head was read, in an array of their own. */
    byte[] bytes() throws IOException {
        requireMajor(BYTES);
        return content(BYTES);
    }

    /**
     * Which of some names the text is whose head was read, or -1; reads behind it.
     *
     * @param names in UTF-8, none longer than the buffer
     */
    int oneOf(byte[][] names) throws IOException {
        requireMajor(TEXT);
        if (argument < 0 || argument > BUFFER_BYTES) {
            byte[] name = content(TEXT);
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(name, names[i])) {
                    return i;
                }
            }
            return -1;
        }
        int length = (int) argument;
        fill(length);
        int from = position;
        position += length;
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(buffer, from, from + length, names[i], 0, names[i].length)) {
                return i;
            }
        }
        return -1;
    }

    /** Reads behind the item whose head was read. */
    void skip() throws IOException {
        skip(0);
    }

    private void skip(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw malformed("items are nested deeper than " + MAX_DEPTH);
        }
        long left = argument;
        switch (major) {
            case BYTES, TEXT -> {
                if (left == INDEFINITE) {
                    skipAll(INDEFINITE, depth);
                } else {
                    skipBytes(left);
                }
            }
            case ARRAY -> skipAll(left, depth);
            case MAP -> skipAll(left == INDEFINITE ? INDEFINITE : 2 * left, depth);
            case TAG -> skipAll(1, depth);
            default -> {
                // Numbers and simple values are no more than their heads.
            }
        }
    }

    private void skipAll(long items, int depth) throws IOException {
        for (long i = 0; items == INDEFINITE || i < items; i++) {
            if (!next()) {
                if (items == INDEFINITE) {
                    return;
                }
                throw malformed("a break stands where a value belongs");
            }
            skip(depth + 1);
        }
    }

    private byte[] content(int chunkMajor) throws IOException {
        if (argument != INDEFINITE) {
            return read(argument);
        }
        byte[] all = NONE;
        while (next()) {
            if (major != chunkMajor || argument == INDEFINITE) {
                throw malformed("a chunk is of another kind than what it is part of");
            }
            byte[] chunk = read(argument);
            int before = all.length;
            all = Arrays.copyOf(all, before + chunk.length);
            System.arraycopy(chunk, 0, all, before, chunk.length);
        }
        return all;
    }

    private byte[] read(long length) throws IOException {
        if (length < 0 || length > MAX_ITEM_BYTES) {
            throw malformed("an item says that it has " + Long.toUnsignedString(length) + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        int got = Math.min(bytes.length, end - position);
        System.arraycopy(buffer, position, bytes, 0, got);
        position += got;
        while (got < bytes.length) {
            int more = in.read(bytes, got, bytes.length - got);
            if (more < 0) {
                throw new EOFException("The answer ends inside of an item");
            }
            got += more;
        }
        return bytes;
    }

    private void skipBytes(long length) throws IOException {
        long left = length;
        while (left != 0) {
            fill(1);
            int step = (int) Math.min(left, end - position);
            if (step < 0) {
                throw malformed("an item says that it has more bytes than there can be");
            }
            position += step;
            left -= step;
        }
    }

    private int readByte() throws IOException {
        fill(1);
        return buffer[position++] & 0xFF;
    }

    private long readBigEndian(int bytes) throws IOException {
        fill(bytes);
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << 8) | (buffer[position++] & 0xFF);
        }
        if (number < 0 && major < SIMPLE) {
            throw malformed("a number is larger than 2^63 - 1");
        }
        return number;
    }

    /** Has that many bytes in the buffer, at the most all of it. */
    private void fill(int wanted) throws IOException {
        if (end - position >= wanted) {
            return;
        }
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        while (end < wanted) {
            int more = in.read(buffer, end, buffer.length - end);
            if (more < 0) {
                throw new EOFException("The answer ends inside of an item");
            }
            end += more;
        }
    }

    private void requireMajor(int wanted) throws IOException {
        if (major != wanted) {
            throw malformed(
                    "an item of major type " + major + " stands where " + wanted + " belongs");
        }
    }

    private static IOException malformed(String what) {
        return new UnreadableAnswerException("The answer is no CBOR: " + what);
    }
}
