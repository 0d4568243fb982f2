package io.hydrant.delivery.transform;

import java.util.Map;

/**
 * One of the records that a transform made of one.
 *
 * @param payload its payload, given away by the caller; empty is allowed, null is not
 * @param partitionKeys its keys for {@code !{partitionKeyFromLambda:key}} in the prefix, and their
 *     values
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TransformedRecord(byte[] payload, Map<String, String> partitionKeys) {

    /** Copies the keys. */
    public TransformedRecord {
        partitionKeys = Map.copyOf(partitionKeys);
    }

    /** A record without keys. */
    public TransformedRecord(byte[] payload) {
        this(payload, Map.of());
    }
}
