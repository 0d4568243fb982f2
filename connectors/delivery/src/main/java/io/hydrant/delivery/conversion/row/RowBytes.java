package io.hydrant.delivery.conversion.row;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.conversion.schema.HiveType;

import java.math.BigInteger;

/**
 * Writes the values of rows as bytes, which {@link RowInput} reads. Rows lie end to end; their
 * table says where one ends.
 *
 * <p>A struct is its fields in any order, each a head of two bytes and the value, and a zero behind
 * them. A field that is null or absent is not there. An array is a count of four bytes, and a byte
 * that says whether it is null in front of each element; a map likewise with a key in front of
 * that. This is the format of staged segments and of checkpoints: it never changes, another one
 * gets another name.
 */
public final class RowBytes {

    /** Set in the head of a field that a later one of the same name took the place of. */
    static final int SUPERSEDED = 0x8000;

    private RowBytes() {}

    /**
     * Writes the head of a field.
     *
     * @param index which field of the struct, from 0
     * @return where the head is, for {@link #supersede}
     */
    public static int field(int index, GrowingBytes out) {
        int position = out.length();
        writeShort(index + 1, out);
        return position;
    }

    /** Makes readers pass over a field that was written. */
    public static void supersede(int head, GrowingBytes out) {
        out.array()[head] |= (byte) (SUPERSEDED >> 8);
    }

    /** Ends a struct. */
    public static void endStruct(GrowingBytes out) {
        writeShort(0, out);
    }

    /** Begins an array or a map; returns where its count is, for {@link #endArray}. */
    public static int beginArray(GrowingBytes out) {
        int position = out.length();
        out.reserve(Integer.BYTES);
        out.advance(Integer.BYTES);
        return position;
    }

    /** Ends an array or a map of that many elements. */
    public static void endArray(int position, int count, GrowingBytes out) {
        putInt(count, position, out);
    }

    /** Writes whether an element is there. */
    public static void presence(boolean isPresent, GrowingBytes out) {
        out.write(isPresent ? 1 : 0);
    }

    /** Writes a truth. */
    public static void bool(boolean value, GrowingBytes out) {
        out.write(value ? 1 : 0);
    }

    /** Writes a whole number of any size, a date as days, or a decimal of up to 18 digits. */
    public static void number(long value, GrowingBytes out) {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.write((int) (zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
    }

    /** Writes a floating point number of either size. */
    public static void floating(double value, GrowingBytes out) {
        long bits = Double.doubleToLongBits(value);
        out.reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
    }

    /** Writes an instant. */
    public static void timestamp(long epochSecond, int nanos, GrowingBytes out) {
        number(epochSecond, out);
        number(nanos, out);
    }

    /** Writes a decimal of more than 18 digits. */
    public static void decimal(BigInteger unscaled, GrowingBytes out) {
        byte[] bytes = unscaled.toByteArray();
        bytes(bytes, 0, bytes.length, out);
    }

    /** Writes bytes, those of a text in UTF-8 among them. */
    public static void bytes(byte[] source, int offset, int length, GrowingBytes out) {
        int position = beginArray(out);
        out.write(source, offset, length);
        endArray(position, length, out);
    }

    /** Writes a text as UTF-8; half a surrogate pair becomes a question mark. */
    public static void text(char[] source, int offset, int length, GrowingBytes out) {
        int position = beginArray(out);
        Utf8.write(source, offset, length, out);
        endArray(position, out.length() - position - Integer.BYTES, out);
    }

    /** Whether values of the type are written by {@link #number}. */
    public static boolean isNumber(HiveType type) {
        return type == HiveType.Simple.TINYINT
                || type == HiveType.Simple.SMALLINT
                || type == HiveType.Simple.INT
                || type == HiveType.Simple.BIGINT
                || type == HiveType.Simple.DATE
                || (type instanceof HiveType.Decimal decimal
                        && decimal.precision() <= HiveType.Decimal.MOST_LONG_DIGITS);
    }

    private static void writeShort(int value, GrowingBytes out) {
        out.reserve(Short.BYTES);
        out.write(value >> 8);
        out.write(value);
    }

    private static void putInt(int value, int position, GrowingBytes out) {
        byte[] array = out.array();
        array[position] = (byte) (value >>> 24);
        array[position + 1] = (byte) (value >>> 16);
        array[position + 2] = (byte) (value >>> 8);
        array[position + 3] = (byte) value;
    }
}
