package io.hydrant.kinesis.stream;

/**
 * A subscription to a shard, accepted or not yet.
 *
 * <p>Thread-safe.
 */
public interface ShardSubscription {

    /** Asks for one more event; none comes that was not asked for. */
    void request();

    /** Ends it. What the subscriber is told afterwards means nothing. */
    void cancel();
}
