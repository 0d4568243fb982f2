package io.hydrant.kinesis.sink;

/**
 * What the service answered to one record of a call.
 *
 * @param shardId shard that holds it now, or null where it failed
 * @param sequenceNumber its number in that shard, or null where it failed
 * @param errorCode why it failed, such as {@code ProvisionedThroughputExceededException}; null
 *     where it did not
 * @param errorMessage the service's words for that, or null
 */
public record PutResult(
        String shardId, String sequenceNumber, String errorCode, String errorMessage) {

    /** It is in that shard. */
    public static PutResult delivered(String shardId, String sequenceNumber) {
        return new PutResult(shardId, sequenceNumber, null, null);
    }

    /** It is not in the stream. */
    public static PutResult failed(String errorCode, String errorMessage) {
        return new PutResult(null, null, errorCode, errorMessage);
    }
}
