package io.hydrant.kinesis.sink;

/** Which records of one task land in the order in which the task got them. */
public enum SinkOrder {
    /**
     * None for certain: the service may take the records of one call in any order, and a record
     * that failed is put again behind younger ones.
     */
    NONE,
    /**
     * Those with the same partition key, through failed records and retries, because a key never
     * has more than one record (with aggregation: one aggregate) on its way. Other keys do not
     * wait.
     *
     * <p>It costs throughput of a single key: one record, or one aggregate, for each round trip to
     * the service. It assumes that all records of a key come to the same task, and that an
     * element's partition key does not depend on the run. After a failure of the job, what was put
     * since the last checkpoint is put once more, in the same order. It breaks, as far as records
     * that wait in a checkpoint are concerned, when the job is restored with another parallelism,
     * and where a call is carried out by the service after the client has given it up.
     */
    PARTITION_KEY
}
