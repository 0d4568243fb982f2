package io.hydrant.kinesis.aggregation;

/**
 * Walks over protobuf fields in an array. What does not parse sets {@link #malformed()} and ends
 * the walk instead of throwing: a record that only looks like an aggregate is no error.
 *
 * <p>Source: Protocol Buffers documentation, "Encoding".
 */
final class ProtobufCursor {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private byte[] bytes;
    private int position;
    private int end;
    private boolean malformed;

    /** Starts over on a slice of another array. */
    void reset(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        position = from;
        end = to;
        malformed = false;
    }

    boolean malformed() {
        return malformed;
    }

    int position() {
        return position;
    }

    /** Bytes up to the end. */
    int left() {
        return end - position;
    }

    /** The next field's tag, or 0 at the end. */
    int nextTag() {
        if (malformed || position >= end) {
            return 0;
        }
        long tag = varint();
        if (malformed || tag <= 0 || tag > Integer.MAX_VALUE || tag >>> 3 == 0) {
            malformed = true;
            return 0;
        }
        return (int) tag;
    }

    /** A varint; any value when malformed. */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                malformed = true;
                return 0;
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        malformed = true;
        return 0;
    }

    /** The length of a length-delimited field that lies wholly inside; 0 when malformed. */
    int length() {
        long length = varint();
        if (malformed || length < 0 || length > end - position) {
            malformed = true;
            return 0;
        }
        return (int) length;
    }

    /** Steps over bytes that {@link #length()} has measured. */
    void advance(int count) {
        position += count;
    }

    /** Steps over a field that nobody asked for. */
    void skip(int tag) {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advanceWithin(Long.BYTES);
            case LENGTH_DELIMITED -> advance(length());
            case FIXED32 -> advanceWithin(Integer.BYTES);
            default -> malformed = true;
        }
    }

    private void advanceWithin(int count) {
        if (count > end - position) {
            malformed = true;
        } else {
            position += count;
        }
    }
}
