package io.hydrant.kinesis.aggregation;

import java.util.Objects;

/**
 * One record for {@code PutRecords}, holding one or many user records.
 *
 * @param partitionKey partition key of the Kinesis record
 * @param explicitHashKey hash key that decides the shard, decimal; null to let the partition key do
 *     so
 * @param data payload of the Kinesis record; belongs to the receiver
 * @param userRecords how many user records are inside
 */
public record AggregatedRecord(
        String partitionKey, String explicitHashKey, byte[] data, int userRecords) {

    /** Validates that nothing is missing. */
    public AggregatedRecord {
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(data, "data");
    }
}
