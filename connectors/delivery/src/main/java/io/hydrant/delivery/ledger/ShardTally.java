package io.hydrant.delivery.ledger;

import java.util.Objects;

/**
 * What one object holds of one shard.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param firstSequence sequence number of the first record, in the shard's order
 * @param firstSubSequence its sub-sequence number
 * @param lastSequence sequence number of the last record
 * @param lastSubSequence its sub-sequence number
 * @param count records; one that was taken apart counts where its last part is
 * @param fingerprint sum, modulo 2^64, of {@link IdentityFingerprint} over the records: equal
 *     counts with one record lost and another doubled still differ here
 * @param parts other parts of records that were taken apart
 */
public record ShardTally(
        String stream,
        String shard,
        String firstSequence,
        long firstSubSequence,
        String lastSequence,
        long lastSubSequence,
        long count,
        long fingerprint,
        long parts) {

    /** Validates that nothing is missing and that the range runs forwards. */
    public ShardTally {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(firstSequence, "firstSequence");
        Objects.requireNonNull(lastSequence, "lastSequence");
        if (count < 0 || parts < 0) {
            throw new IllegalArgumentException(
                    "count and parts must not be negative, but are " + count + " and " + parts);
        }
        if (RecordPosition.compare(firstSequence, firstSubSequence, lastSequence, lastSubSequence)
                > 0) {
            throw new IllegalArgumentException(
                    "first "
                            + firstSequence
                            + "/"
                            + firstSubSequence
                            + " lies after last "
                            + lastSequence
                            + "/"
                            + lastSubSequence);
        }
    }

    /**
     * Whether it says of no record where it is, as those of {@link EntryKind#LOST} and {@link
     * EntryKind#BEGUN}.
     */
    boolean isOfNothing() {
        return count + parts == 0;
    }

    /** What an object holds of a shard whose records were not taken apart. */
    public ShardTally(
            String stream,
            String shard,
            String firstSequence,
            long firstSubSequence,
            String lastSequence,
            long lastSubSequence,
            long count,
            long fingerprint) {
        this(
                stream,
                shard,
                firstSequence,
                firstSubSequence,
                lastSequence,
                lastSubSequence,
                count,
                fingerprint,
                0);
    }
}
