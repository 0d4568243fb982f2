package io.hydrant.delivery.ledger;

import io.hydrant.delivery.Part;

/**
 * A 64-bit hash of a record's place within its shard, good enough that sums of it tell sets of
 * records apart.
 */
public final class IdentityFingerprint {

    private IdentityFingerprint() {}

    /**
     * Hash of a sequence number; the same for all user records of an aggregate, so worth keeping
     * between them.
     */
    public static long ofSequence(String sequence) {
        return ofText(sequence);
    }

    /** Hash of one record, from the hash of its sequence number and its sub-sequence number. */
    public static long ofRecord(long sequenceHash, long subSequence) {
        return mix(sequenceHash + subSequence * 0x9e3779b97f4a7c15L);
    }

    /**
     * What one part of a record adds to a sum. The sum over all parts is the hash of the record,
     * and whatever lacks, doubles or exchanges one of them has another sum.
     *
     * @param record hash of the record
     */
    static long ofPart(long record, Part part) {
        long next = part.isLast() ? 0 : link(record, part.index() + 1);
        return link(record, part.index()) - next;
    }

    private static long link(long record, int index) {
        return index == 0 ? record : mix(record ^ index * 0xd6e8feb86659fd93L);
    }

    /** Hash of any text. */
    static long ofText(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finaliser of SplitMix64: every input bit reaches every output bit. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
