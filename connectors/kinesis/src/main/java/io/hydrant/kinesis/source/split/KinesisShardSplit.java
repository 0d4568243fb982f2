package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.Objects;

/**
 * One shard and the place in it from which to read on.
 *
 * <p>A split at {@link Position.End} is read no more. It stays in a reader's state until the
 * enumerator's own state is known to say that the shard has ended, so that whichever of the two a
 * checkpoint has caught, one of them releases the shard's children.
 *
 * @param stream the stream
 * @param shardId the shard
 * @param hashKeys the part of the key space that the shard holds
 * @param position where to read on
 */
public record KinesisShardSplit(
        StreamArn stream, String shardId, HashKeyRange hashKeys, Position position)
        implements SourceSplit {

    /** Validates that nothing is missing. */
    public KinesisShardSplit {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shardId, "shardId");
        Objects.requireNonNull(hashKeys, "hashKeys");
        Objects.requireNonNull(position, "position");
    }

    /** The id of a shard's split: unique over all streams. */
    public static String splitId(StreamArn stream, String shardId) {
        return stream + "/" + shardId;
    }

    @Override
    public String splitId() {
        return splitId(stream, shardId);
    }

    /** The same shard at another place. */
    public KinesisShardSplit at(Position newPosition) {
        return new KinesisShardSplit(stream, shardId, hashKeys, newPosition);
    }

    /** Whether everything in the shard was emitted and nothing will be added. */
    public boolean isFinished() {
        return position instanceof Position.End;
    }
}
