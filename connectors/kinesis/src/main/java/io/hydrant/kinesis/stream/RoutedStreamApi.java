package io.hydrant.kinesis.stream;

import java.time.Duration;

/** An API that passes each call on to another one, which the stream decides. */
public abstract class RoutedStreamApi implements StreamApi {

    /** The API that knows the stream. */
    protected abstract StreamApi of(StreamArn stream);

    @Override
    public final ShardListing listShards(StreamArn stream, ShardSelection selection) {
        return of(stream).listShards(stream, selection);
    }

    @Override
    public final String shardIterator(StreamArn stream, String shardId, Position position) {
        return of(stream).shardIterator(stream, shardId, position);
    }

    @Override
    public final RecordPage getRecords(
            StreamArn stream, String shardId, String iterator, int limit) {
        return of(stream).getRecords(stream, shardId, iterator, limit);
    }

    @Override
    public final Duration retention(StreamArn stream) {
        return of(stream).retention(stream);
    }
}
