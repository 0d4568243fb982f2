package io.hydrant.kinesis.aggregation;

/**
 * What becomes of user records whose hash key lies outside the shard that they were read from.
 *
 * <p>A producer packs user records for one shard. When the stream was resharded meanwhile, the
 * aggregate lands in a child that owns only some of their keys, and the producer sends the others
 * again.
 */
public enum OutOfRange {
    /**
     * Leaves out those user records and keeps the rest; what the KPL, which sends again exactly
     * those, expects.
     */
    DROP,
    /**
     * Leaves out the whole aggregate as soon as one user record is out of range, as the KCL does;
     * right for producers that send the whole aggregate again, loses records of others.
     */
    DROP_AGGREGATE,
    /** Emits all; right for producers that never look where an aggregate landed. */
    EMIT
}
