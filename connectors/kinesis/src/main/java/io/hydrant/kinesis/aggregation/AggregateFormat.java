package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;

/** The fixed parts of an aggregate: its frame and the protobuf tags of its fields. */
final class AggregateFormat {

    static final int MAGIC_LENGTH = 4;
    static final int DIGEST_LENGTH = 16;

    /** Bytes around the protobuf message. */
    static final int FRAME_LENGTH = MAGIC_LENGTH + DIGEST_LENGTH;

    // AggregatedRecord: tag = field number << 3 | wire type (2: length-delimited, 0: varint).
    static final int PARTITION_KEY_TABLE = 1 << 3 | 2;
    static final int EXPLICIT_HASH_KEY_TABLE = 2 << 3 | 2;
    static final int RECORDS = 3 << 3 | 2;

    // Record, nested in AggregatedRecord.records.
    static final int RECORD_PARTITION_KEY_INDEX = 1 << 3;
    static final int RECORD_EXPLICIT_HASH_KEY_INDEX = 2 << 3;
    static final int RECORD_DATA = 3 << 3 | 2;
    static final int RECORD_TAGS = 4 << 3 | 2;

    // Tag, nested in Record.tags.
    static final int TAG_KEY = 1 << 3 | 2;
    static final int TAG_VALUE = 2 << 3 | 2;

    private static final int MAGIC = 0xF3899AC2;

    private AggregateFormat() {}

    /** Whether the bytes begin like an aggregate and are long enough to hold one. */
    static boolean hasFrame(byte[] bytes, int offset, int length) {
        return length > FRAME_LENGTH
                && bytes[offset] == (byte) 0xF3
                && bytes[offset + 1] == (byte) 0x89
                && bytes[offset + 2] == (byte) 0x9A
                && bytes[offset + 3] == (byte) 0xC2;
    }

    /** Where the message begins in the array of a record that has the frame. */
    static int messageFrom(Envelope record) {
        return record.payloadOffset() + MAGIC_LENGTH;
    }

    /** Where it ends there, and the digest begins. */
    static int messageTo(Envelope record) {
        return record.payloadOffset() + record.payloadLength() - DIGEST_LENGTH;
    }

    /** Writes the magic to the first four bytes. */
    static void putMagic(byte[] bytes) {
        for (int i = 0; i < MAGIC_LENGTH; i++) {
            bytes[i] = (byte) (MAGIC >>> (24 - 8 * i));
        }
    }

    /** Bytes of the varint form of a number that is not negative. */
    static int varintLength(int value) {
        int length = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        return length;
    }
}
