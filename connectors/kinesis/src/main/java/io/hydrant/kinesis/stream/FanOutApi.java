package io.hydrant.kinesis.stream;

/**
 * Subscribes to shards. Everything that reads by enhanced fan-out goes through here, so a test can
 * be a stream of its own.
 *
 * <p>Thread-safe.
 */
public interface FanOutApi extends AutoCloseable {

    /**
     * Subscribes a consumer to a shard, without waiting for the answer. Refusals, such as the SDK's
     * exceptions that {@link StreamFailure} judges, go to the subscriber.
     *
     * @param consumerArn a consumer of the stream
     * @param position where the first event begins
     * @param subscriber told of everything, on threads that it must not hold up
     */
    ShardSubscription subscribe(
            StreamArn stream,
            String consumerArn,
            String shardId,
            Position position,
            ShardSubscriber subscriber);

    @Override
    void close();
}
