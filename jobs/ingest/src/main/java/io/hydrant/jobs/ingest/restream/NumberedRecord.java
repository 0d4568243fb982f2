package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;

import java.util.Objects;

/**
 * A record of a stream, and which of its shard's records it is.
 *
 * @param record the record; on its way out with the payload and the partition key that it is put
 *     with
 * @param producer the name under which the shard's records are counted; empty where they are not
 * @param number which of them it is, from 0
 */
public record NumberedRecord(Envelope record, String producer, long number) {

    /** Validates that nothing is missing. */
    public NumberedRecord {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(producer, "producer");
    }

    /** A record of a stream whose records are not counted. */
    public static NumberedRecord uncounted(Envelope record) {
        return new NumberedRecord(record, "", 0);
    }
}
