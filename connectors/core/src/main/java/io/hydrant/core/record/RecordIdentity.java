package io.hydrant.core.record;

import java.util.Objects;

/**
 * What makes a record that record: where the stream holds it, and which one it is among those that
 * share that place.
 *
 * <p>Two envelopes with equal identities are the same record, however often it was read. Lineage,
 * document ids, duplicates and gaps are judged by this value alone.
 *
 * @param stream name of the stream, without account or region
 * @param shard id of the shard, such as {@code shardId-000000000003}
 * @param sequence sequence number as Kinesis prints it (decimal digits)
 * @param subSequence position among the user records of one KPL aggregate, from 0; 0 for a record
 *     that is no aggregate
 */
public record RecordIdentity(String stream, String shard, String sequence, long subSequence) {

    /** Validates that no part is missing. */
    public RecordIdentity {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(sequence, "sequence");
    }

    /**
     * The identity as one line of text, {@code stream/shard/sequence/sub-sequence}; unique and
     * stable.
     */
    @Override
    public String toString() {
        return stream + '/' + shard + '/' + sequence + '/' + subSequence;
    }
}
