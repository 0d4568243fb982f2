package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamArn;

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
 */
public record StreamProgress(
        StreamArn stream, Position start, String newestShardId, List<TrackedShard> shards) {

    /** Validates and copies. */
    public StreamProgress {
        Objects.requireNonNull(stream, "stream");
        shards = List.copyOf(shards);
    }
}
