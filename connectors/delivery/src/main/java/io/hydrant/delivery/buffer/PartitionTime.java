package io.hydrant.delivery.buffer;

/** Which arrival time the timestamp expressions of a prefix show. */
public enum PartitionTime {
    /**
     * That of the oldest record in the object: one open object, and records that arrived shortly
     * after a full hour may lie under the hour before.
     *
     * <p>Source: Firehose developer guide, "Custom prefixes for Amazon S3 objects".
     */
    OBJECT,
    /** Each record's own: one open object per prefix, every record under its own prefix. */
    RECORD
}
