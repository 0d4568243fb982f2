package io.hydrant.kinesis.sink;

/** Where a record's partition key comes from; the key decides the shard. */
public enum PartitionKeyStrategy {
    /**
     * From the element, by the function given to {@link KinesisSink.Builder#partitionKey}: keeps
     * together what has the same key.
     */
    FIELD,
    /**
     * From the payload, as the hexadecimal digits of its CRC-32C: spreads evenly, and sends equal
     * payloads to the same shard, also in another run of the job.
     */
    HASH,
    /** A new one for each record: spreads evenly, and keeps nothing together. */
    RANDOM,
    /**
     * The number of the sink's subtask: every subtask writes to one shard, so a call meets one
     * shard only, and a shard that is throttled holds up the subtasks that write to it alone. Needs
     * a parallelism well above the number of shards, or some of them stay empty.
     */
    FIXED
}
