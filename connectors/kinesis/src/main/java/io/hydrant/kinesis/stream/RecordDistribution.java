package io.hydrant.kinesis.stream;

/**
 * How a stream chooses the shard of a record.
 *
 * <p>Source: Kinesis Data Streams API reference, {@code UpdateStreamRecordDistributionStrategy} and
 * {@code StreamDescriptionSummary}.
 */
public enum RecordDistribution {
    /** By its partition key, so that records of one key lie in one shard. */
    BY_PARTITION_KEY,
    /** As the service likes: records of one key lie in any shard, and have no order. */
    AUTO,
    /** The service did not say, or may not be asked. */
    UNKNOWN
}
