package io.hydrant.kinesis.stream;

import java.time.Duration;

/**
 * The calls of the Kinesis API that registering a consumer takes. Throws and is interrupted like
 * {@link StreamApi}.
 *
 * <p>Thread-safe.
 */
public interface ConsumerApi extends AutoCloseable {

    /**
     * Registers a consumer, which becomes active some time later.
     *
     * @param name free among the stream's consumers, or the service refuses it as in use
     */
    StreamConsumer register(StreamArn stream, String name);

    /** The consumer of that name, or null where the stream has none. */
    StreamConsumer describe(StreamArn stream, String name);

    /**
     * Deregisters a consumer, which ends its subscriptions.
     *
     * @param timeout how long the call may take
     */
    void deregister(StreamArn stream, String name, Duration timeout);

    @Override
    void close();
}
