package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;

/**
 * What the service takes in one record and in one call.
 *
 * <p>Source: Kinesis Data Streams API reference, {@code PutRecords}, and developer guide, "Quotas
 * and limits".
 */
final class PutLimits {

    /** Records of one call. */
    static final int CALL_RECORDS = 500;

    /** Bytes of one call, partition keys included. */
    static final int CALL_BYTES = 10 * 1024 * 1024;

    /** Bytes of one record in a stream whose maximum record size nobody raised. */
    static final int RECORD_BYTES = 1024 * 1024;

    /** Bytes of one record in a stream whose maximum record size was raised to the full. */
    static final int LARGEST_RECORD_BYTES = 10 * 1024 * 1024;

    private static final int KEY_CHARACTERS = 256;

    private PutLimits() {}

    /** What is wrong with a record's keys, or null. */
    static String problemWithKeys(String partitionKey, String explicitHashKey) {
        if (partitionKey == null || partitionKey.isEmpty()) {
            return "The partition key is "
                    + (partitionKey == null ? "null" : "empty")
                    + "; it must have 1 to 256 characters";
        }
        // Only a key with many characters outside the basic plane is longer in chars than this.
        if (partitionKey.length() > KEY_CHARACTERS
                && partitionKey.codePointCount(0, partitionKey.length()) > KEY_CHARACTERS) {
            return "The partition key has "
                    + partitionKey.codePointCount(0, partitionKey.length())
                    + " characters ('"
                    + partitionKey.substring(0, 32)
                    + "...'); it must have 1 to 256";
        }
        if (explicitHashKey != null) {
            return problemWithHashKey(explicitHashKey);
        }
        return null;
    }

    /** The service refuses a whole call for one hash key that is not in its one form. */
    private static String problemWithHashKey(String explicitHashKey) {
        HashKey key;
        try {
            key = HashKey.parse(explicitHashKey);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return key.decimal().equals(explicitHashKey)
                ? null
                : "The explicit hash key '"
                        + explicitHashKey
                        + "' is not written as the service takes it: digits 0 to 9, no sign,"
                        + " no leading zero";
    }

    /**
     * What is wrong with a record's size, or null.
     *
     * @param aggregates whether records are aggregated; one whose payload looks like an aggregate
     *     then goes inside one, even alone, as one with a stamp always does, which takes some bytes
     *     more
     */
    static String problemWithSize(PutEntry entry, boolean aggregates, int maxRecordBytes) {
        boolean wrapped =
                entry.stamp() != null
                        || (aggregates && KplAggregator.looksAggregated(entry.data()));
        int size = wrapped ? entry.sizeAloneInAggregate() : entry.sizeBytes();
        if (size <= maxRecordBytes) {
            return null;
        }
        return "The record has "
                + size
                + " bytes with its partition key"
                + (wrapped ? " and the aggregate that it has to go into" : "")
                + ", more than "
                + maxRecordBytes
                + ". Make it smaller, or raise the stream's maximum record size"
                + " (UpdateMaxRecordSize) and this limit with it";
    }

    /** Bytes of a record that count: payload, and partition key in UTF-8. */
    static int sizeBytes(String partitionKey, int dataLength) {
        int bytes = dataLength;
        for (int i = 0; i < partitionKey.length(); i++) {
            char c = partitionKey.charAt(i);
            // Each half of a surrogate pair is two of the pair's four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
