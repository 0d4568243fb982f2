package io.hydrant.kinesis.stream;

import java.time.Duration;

/**
 * The calls of the Kinesis API that reading a stream takes. Everything that reads goes through
 * here, so a test can be a stream of its own.
 *
 * <p>Every method throws the SDK's exceptions as they are; {@link StreamFailure} judges them. A
 * thread that is interrupted during a call leaves it soon, with an exception.
 *
 * <p>Thread-safe.
 */
public interface StreamApi extends AutoCloseable {

    /** Lists shards of a stream; as many calls as it takes. */
    ShardListing listShards(StreamArn stream, ShardSelection selection);

    /**
     * Asks where in the shard to read.
     *
     * @param position any but {@link Position.End}
     */
    String shardIterator(StreamArn stream, String shardId, Position position);

    /**
     * Reads once.
     *
     * @param iterator from {@link #shardIterator} or the page before
     * @param limit records at the most, 1 to 10,000
     */
    RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit);

    /** How long the stream keeps records at present; null where it does not say. */
    default Duration retention(StreamArn stream) {
        return null;
    }

    @Override
    void close();
}
