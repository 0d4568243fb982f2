package io.hydrant.delivery.conversion.row;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Objects;

/** Reads what {@link RowBytes} wrote. Not thread-safe. */
public final class RowInput {

    private static final int CHUNK = 64 * 1024;

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private byte[] chunk;
    private int position;
    private int end;
    private byte[] passed;
    private int passedFrom;

    /** A reader of rows laid end to end; the stream stays open. */
    public RowInput(InputStream in) {
        this.in = in;
        this.chunk = new byte[CHUNK];
    }

    /** A reader of rows in memory, of none until {@link #over}. */
    public RowInput() {
        this.in = InputStream.nullInputStream();
        this.chunk = new byte[0];
    }

    /** Goes on at other rows in memory, which are not copied. */
    public void over(byte[] rows, int from, int to) {
        Objects.checkFromToIndex(from, to, rows.length);
        chunk = rows;
        position = from;
        end = to;
    }

    /** Where in the memory that it is {@link #over} what is read next begins. */
    public int position() {
        return position;
    }

    /** Whether no row follows. */
    public boolean isAtEnd() throws IOException {
        return position == end && !fill();
    }

    /** The index of the next field of a struct, or -1 behind the last one. */
    public int field(HiveType.Struct struct) throws IOException {
        while (true) {
            int head = readShort();
            if (head == 0) {
                return -1;
            }
            int index = (head & ~RowBytes.SUPERSEDED) - 1;
            if ((head & RowBytes.SUPERSEDED) == 0) {
                return index;
            }
            skip(struct.fields().get(index).type());
        }
    }

    /** Passes over a value. */
    public void skip(HiveType type) throws IOException {
        if (type instanceof HiveType.Struct struct) {
            for (int i = field(struct); i >= 0; i = field(struct)) {
                skip(struct.fields().get(i).type());
            }
        } else if (type instanceof HiveType.Array array) {
            for (int i = count(); i > 0; i--) {
                skipElement(array.element());
            }
        } else if (type instanceof HiveType.Map map) {
            for (int i = count(); i > 0; i--) {
                skip(map.key());
                skipElement(map.value());
            }
        } else {
            skipSimple(type);
        }
    }

    private void skipElement(HiveType type) throws IOException {
        if (presence()) {
            skip(type);
        }
    }

    private void skipSimple(HiveType type) throws IOException {
        if (type == HiveType.Simple.BOOLEAN) {
            bool();
        } else if (type == HiveType.Simple.FLOAT || type == HiveType.Simple.DOUBLE) {
            floating();
        } else if (type == HiveType.Simple.TIMESTAMP) {
            number();
            number();
        } else if (RowBytes.isNumber(type)) {
            number();
        } else {
            bytes();
        }
    }

    /** The number of elements of an array, or entries of a map. */
    public int count() throws IOException {
        int count;
        if (end - position >= Integer.BYTES) {
            count = (int) INT.get(chunk, position);
            position += Integer.BYTES;
        } else {
            count = readShort() << Short.SIZE | readShort();
        }
        if (count < 0) {
            throw new IOException("A row is damaged: " + count + " elements");
        }
        return count;
    }

    /** Whether the next element is there. */
    public boolean presence() throws IOException {
        return readByte() != 0;
    }

    /** A truth. */
    public boolean bool() throws IOException {
        return readByte() != 0;
    }

    /** A whole number. */
    public long number() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = readByte();
            zigzag |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("A row is damaged: a number does not end");
    }

    /** A floating point number. */
    public double floating() throws IOException {
        long bits = 0;
        if (end - position >= Long.BYTES) {
            bits = (long) LONG.get(chunk, position);
            position += Long.BYTES;
        } else {
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << Byte.SIZE | readByte();
            }
        }
        return Double.longBitsToDouble(bits);
    }

    /**
     * Passes over bytes, which are at {@link #offset()} of {@link #array()} until anything else is
     * read.
     *
     * @return how many there are
     */
    public int pass() throws IOException {
        int length = count();
        if (length <= end - position) {
            passed = chunk;
            passedFrom = position;
            position += length;
        } else {
            passed = bytes(length);
            passedFrom = 0;
        }
        return length;
    }

    /** The array that the bytes that were passed over are in. */
    public byte[] array() {
        return passed;
    }

    /** Where in it they begin. */
    public int offset() {
        return passedFrom;
    }

    /** Bytes; the array is the caller's. */
    public byte[] bytes() throws IOException {
        return bytes(count());
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            if (position == end && !fill()) {
                throw new EOFException("A row is damaged: it ends within a text");
            }
            int take = Math.min(length - read, end - position);
            System.arraycopy(chunk, position, bytes, read, take);
            position += take;
            read += take;
        }
        return bytes;
    }

    /** A decimal of more than 18 digits. */
    public BigInteger decimal() throws IOException {
        return new BigInteger(bytes());
    }

    private int readShort() throws IOException {
        if (end - position >= Short.BYTES) {
            int value = (short) SHORT.get(chunk, position) & 0xFFFF;
            position += Short.BYTES;
            return value;
        }
        return readByte() << Byte.SIZE | readByte();
    }

    private int readByte() throws IOException {
        if (position == end && !fill()) {
            throw new EOFException("A row is damaged: it ends early");
        }
        return chunk[position++] & 0xFF;
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(chunk, 0, chunk.length));
        return end > 0;
    }
}
