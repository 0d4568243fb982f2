package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamArn;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a checkpoint holds of one stream.
 *
 * @param stream the stream
 * @param start where reading the stream began, LATEST resolved to its time; null before the first
 *     listing resolved it
 * @param newestShardId the newest shard ever listed, from which discovery goes on; null before the
 *     first listing
 * @param shards all that are not forgotten
 * @param created when the stream was created, to the millisecond; null where that is not known
 * @param listed when the newest shard was the newest of all, to the millisecond; null where that is
 *     not known
 */
public record StreamProgress(
        StreamArn stream,
        Position start,
        String newestShardId,
        List<TrackedShard> shards,
        Instant created,
        Instant listed) {

    /** Progress in a stream of which it is not known when it was created, or listed. */
    public StreamProgress(
            StreamArn stream, Position start, String newestShardId, List<TrackedShard> shards) {
        this(stream, start, newestShardId, shards, null, null);
    }

    /** Validates and copies. */
    public StreamProgress {
        Objects.requireNonNull(stream, "stream");
        shards = List.copyOf(shards);
    }
}
