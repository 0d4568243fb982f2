package io.hydrant.delivery.ledger;

import io.hydrant.delivery.Part;

/** The running sum of one shard's records within one object. */
final class ShardSum {

    final ShardName name;

    private String firstSequence;
    private long firstSubSequence;
    private String lastSequence;
    private long lastSubSequence;
    private long count;
    private long fingerprint;
    private long parts;

    private String hashedSequence;
    private long hashOfSequence;

    ShardSum(ShardName name) {
        this.name = name;
    }

    boolean is(String stream, String shard) {
        return name.shard().equals(shard) && name.stream().equals(stream);
    }

    void add(String sequence, long subSequence) {
        fingerprint += IdentityFingerprint.ofRecord(hashOf(sequence), subSequence);
        count++;
        widen(sequence, subSequence);
    }

    void add(String sequence, long subSequence, Part part) {
        long record = IdentityFingerprint.ofRecord(hashOf(sequence), subSequence);
        fingerprint += IdentityFingerprint.ofPart(record, part);
        if (part.isLast()) {
            count++;
        } else {
            parts++;
        }
        widen(sequence, subSequence);
    }

    void add(ShardTally tally) {
        fingerprint += tally.fingerprint();
        count += tally.count();
        parts += tally.parts();
        widen(tally.firstSequence(), tally.firstSubSequence());
        widen(tally.lastSequence(), tally.lastSubSequence());
    }

    long count() {
        return count;
    }

    long fingerprint() {
        return fingerprint;
    }

    ShardTally toTally() {
        return new ShardTally(
                name.stream(),
                name.shard(),
                firstSequence,
                firstSubSequence,
                lastSequence,
                lastSubSequence,
                count,
                fingerprint,
                parts);
    }

    /** Records come nearly always in the shard's order, so the end is tried first. */
    private void widen(String sequence, long subSequence) {
        if (lastSequence == null) {
            firstSequence = sequence;
            firstSubSequence = subSequence;
            lastSequence = sequence;
            lastSubSequence = subSequence;
        } else if (RecordPosition.compare(sequence, subSequence, lastSequence, lastSubSequence)
                > 0) {
            lastSequence = sequence;
            lastSubSequence = subSequence;
        } else if (RecordPosition.compare(sequence, subSequence, firstSequence, firstSubSequence)
                < 0) {
            firstSequence = sequence;
            firstSubSequence = subSequence;
        }
    }

    /** The user records of an aggregate share one String, so its hash is kept between them. */
    @SuppressWarnings("ReferenceEquality")
    private long hashOf(String sequence) {
        if (sequence != hashedSequence) {
            hashedSequence = sequence;
            hashOfSequence = IdentityFingerprint.ofSequence(sequence);
        }
        return hashOfSequence;
    }
}
