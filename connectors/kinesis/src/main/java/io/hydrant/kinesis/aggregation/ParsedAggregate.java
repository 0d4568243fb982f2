package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The places of everything in one aggregate; its arrays are used again for the next one. Only an
 * aggregate that is right down to the last index is taken, so that nothing is emitted of one that
 * turns out broken halfway.
 */
final class ParsedAggregate {

    /** Entries of arrays that outlive an aggregate; a giant one does not keep its memory. */
    private static final int KEPT_ENTRIES = 1 << 14;

    private static final int NONE = -1;
    private static final byte[] NOTHING = {};

    /** In bytes; decoded and written again, each may become three. */
    private static final int LONGEST_PARTITION_KEY = 1 << 14;

    private final ProtobufCursor message = new ProtobufCursor();
    private final ProtobufCursor nested = new ProtobufCursor();
    private final ProtobufCursor tag = new ProtobufCursor();
    private final MessageDigest md5 = HashKey.md5();

    private byte[] bytes;
    private final Slices partitionKeys = new Slices();
    private final Slices explicitHashKeys = new Slices();
    private final Slices data = new Slices();
    private int[] partitionKeyOf = new int[64];
    private int[] explicitHashKeyOf = new int[64];

    /** The values of the records' stamps; of length 0 where a record has none. */
    private final Slices stamps = new Slices();

    /**
     * Finds everything in an aggregate that is intact.
     *
     * @return whether the record is exactly one aggregate
     */
    boolean parse(Envelope record) {
        byte[] source = record.payloadArray();
        bytes = source;
        partitionKeys.clear();
        explicitHashKeys.clear();
        data.clear();
        stamps.clear();
        message.reset(
                source, AggregateFormat.messageFrom(record), AggregateFormat.messageTo(record));
        for (int tag = message.nextTag(); tag != 0; tag = message.nextTag()) {
            switch (tag) {
                case AggregateFormat.PARTITION_KEY_TABLE -> partitionKeys.take(message);
                case AggregateFormat.EXPLICIT_HASH_KEY_TABLE -> explicitHashKeys.take(message);
                case AggregateFormat.RECORDS -> {
                    if (!parseRecord()) {
                        return false;
                    }
                }
                default -> message.skip(tag);
            }
        }
        return !message.malformed() && indexesAreInTables() && partitionKeysCanBeCarried();
    }

    int recordCount() {
        return data.count;
    }

    int dataOffset(int record) {
        return data.offsets[record];
    }

    int dataLength(int record) {
        return data.lengths[record];
    }

    int partitionKeyIndex(int record) {
        return partitionKeyOf[record];
    }

    int partitionKeyCount() {
        return partitionKeys.count;
    }

    /** The value of a record's stamp, empty where it has none. */
    String stamp(int record) {
        return stamps.text(bytes, record);
    }

    String partitionKey(int index) {
        return partitionKeys.text(bytes, index);
    }

    /**
     * Says for each user record whether it belongs to the shard; each table entry is hashed or read
     * at most once.
     *
     * @return null when an explicit hash key is no hash key, so that this is no aggregate after all
     */
    boolean[] inRange(HashKeyRange range) {
        boolean[] byPartitionKey = new boolean[partitionKeys.count];
        boolean[] hashed = new boolean[partitionKeys.count];
        boolean[] byExplicitHashKey = new boolean[explicitHashKeys.count];
        for (int i = 0; i < explicitHashKeys.count; i++) {
            try {
                HashKey key = HashKey.parse(explicitHashKeys.text(bytes, i));
                byExplicitHashKey[i] = range.contains(key);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        boolean[] result = new boolean[data.count];
        for (int i = 0; i < result.length; i++) {
            int key = partitionKeyOf[i];
            if (explicitHashKeyOf[i] != NONE) {
                result[i] = byExplicitHashKey[explicitHashKeyOf[i]];
                continue;
            }
            if (!hashed[key]) {
                md5.update(bytes, partitionKeys.offsets[key], partitionKeys.lengths[key]);
                byPartitionKey[key] = range.contains(HashKey.ofDigest(md5.digest()));
                hashed[key] = true;
            }
            result[i] = byPartitionKey[key];
        }
        return result;
    }

    /** Lets go of the aggregate and of arrays that only a giant one needed. */
    void release() {
        bytes = null;
        message.reset(NOTHING, 0, 0);
        nested.reset(NOTHING, 0, 0);
        tag.reset(NOTHING, 0, 0);
        stamps.trim();
        partitionKeys.trim();
        explicitHashKeys.trim();
        data.trim();
        if (partitionKeyOf.length > KEPT_ENTRIES) {
            partitionKeyOf = new int[KEPT_ENTRIES];
            explicitHashKeyOf = new int[KEPT_ENTRIES];
        }
    }

    private boolean parseRecord() {
        int length = message.length();
        if (message.malformed()) {
            return false;
        }
        nested.reset(bytes, message.position(), message.position() + length);
        message.advance(length);
        long partitionKey = NONE;
        long explicitHashKey = NONE;
        int dataOffset = NONE;
        int dataLength = 0;
        int stampOffset = 0;
        int stampLength = 0;
        for (int field = nested.nextTag(); field != 0; field = nested.nextTag()) {
            switch (field) {
                case AggregateFormat.RECORD_PARTITION_KEY_INDEX -> partitionKey = nested.varint();
                case AggregateFormat.RECORD_EXPLICIT_HASH_KEY_INDEX ->
                        explicitHashKey = index(nested.varint());
                case AggregateFormat.RECORD_DATA -> {
                    dataLength = nested.length();
                    dataOffset = nested.position();
                    nested.advance(dataLength);
                }
                case AggregateFormat.RECORD_TAGS -> {
                    int tagLength = nested.length();
                    tag.reset(bytes, nested.position(), nested.position() + tagLength);
                    nested.advance(tagLength);
                    if (stampLength == 0 && parseStamp()) {
                        stampOffset = tag.position();
                        stampLength = tag.left();
                    }
                }
                default -> nested.skip(field);
            }
        }
        if (nested.malformed() || dataOffset == NONE || index(partitionKey) == Integer.MAX_VALUE) {
            return false;
        }
        int record = data.add(dataOffset, dataLength);
        stamps.add(stampOffset, stampLength);
        if (record == partitionKeyOf.length) {
            partitionKeyOf = Arrays.copyOf(partitionKeyOf, 2 * record);
            explicitHashKeyOf = Arrays.copyOf(explicitHashKeyOf, 2 * record);
        }
        partitionKeyOf[record] = (int) partitionKey;
        explicitHashKeyOf[record] = (int) explicitHashKey;
        return true;
    }

    /**
     * Whether the tag is a stamp, written as we write it; then the cursor stands at its value,
     * which reaches to the tag's end. Any other tag is somebody else's.
     */
    private boolean parseStamp() {
        if (tag.nextTag() != AggregateFormat.TAG_KEY) {
            return false;
        }
        int keyLength = tag.length();
        int key = tag.position();
        tag.advance(keyLength);
        return keyLength == ProducerStamp.TAG_KEY.length()
                && bytes[key] == 'h'
                && bytes[key + 1] == 'y'
                && bytes[key + 2] == 'd'
                && tag.nextTag() == AggregateFormat.TAG_VALUE
                && tag.length() == tag.left()
                && tag.left() > 0;
    }

    /** An index that no table has, instead of one that would wrap around to a valid one. */
    private static long index(long value) {
        return value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : value;
    }

    private boolean indexesAreInTables() {
        for (int i = 0; i < data.count; i++) {
            if (partitionKeyOf[i] >= partitionKeys.count
                    || explicitHashKeyOf[i] >= explicitHashKeys.count) {
                return false;
            }
        }
        return true;
    }

    /**
     * The service never sees the partition keys inside an aggregate, so nothing has limited them;
     * an envelope, which is written with at most 65,535 bytes for each text, cannot carry any.
     */
    private boolean partitionKeysCanBeCarried() {
        for (int i = 0; i < partitionKeys.count; i++) {
            if (partitionKeys.lengths[i] > LONGEST_PARTITION_KEY) {
                return false;
            }
        }
        return true;
    }

    /** A growing list of slices, without an object for each. */
    private static final class Slices {

        private int[] offsets = new int[64];
        private int[] lengths = new int[64];
        private int count;

        void take(ProtobufCursor cursor) {
            int length = cursor.length();
            add(cursor.position(), length);
            cursor.advance(length);
        }

        int add(int offset, int length) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
            }
            offsets[count] = offset;
            lengths[count] = length;
            return count++;
        }

        String text(byte[] source, int index) {
            return new String(source, offsets[index], lengths[index], StandardCharsets.UTF_8);
        }

        void clear() {
            count = 0;
        }

        void trim() {
            count = 0;
            if (offsets.length > KEPT_ENTRIES) {
                offsets = new int[KEPT_ENTRIES];
                lengths = new int[KEPT_ENTRIES];
            }
        }
    }
}
