package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import java.util.List;

/**
 * The calls of the Kinesis API that filling a stream takes. Everything that writes goes through
 * here, so a test can be a stream of its own.
 *
 * <p>Every method throws the SDK's exceptions as they are. A thread that is interrupted during a
 * call leaves it soon, with an exception.
 *
 * <p>Thread-safe.
 */
public interface PutApi extends AutoCloseable {

    /**
     * Puts records once. They may land in any order, and some may fail while others do not.
     *
     * @param entries 1 to 500, together at most 10 MiB
     * @return one result for each, in the same order
     */
    List<PutResult> putRecords(StreamArn stream, List<PutEntry> entries);

    /** The shards that the stream has, closed ones included while they hold data. */
    List<Shard> listShards(StreamArn stream);

    @Override
    void close();
}
