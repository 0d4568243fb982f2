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
 * @param readThrough a time, in milliseconds since the epoch, until which everything that arrived
 *     lies before the position; while no record was read, one before which none has arrived that
 *     was to be read; 0 where none is known
 * @param end records that arrived at this time or later are not read, in milliseconds since the
 *     epoch; {@link #NO_END} where all are
 * @param producers whose copies are known up to the position
 */
public record KinesisShardSplit(
        StreamArn stream,
        String shardId,
        HashKeyRange hashKeys,
        Position position,
        long readThrough,
        long end,
        SeenProducers producers)
        implements SourceSplit {

    /** The end of a shard that is read for good. */
    public static final long NO_END = Long.MAX_VALUE;

    /** Validates that nothing is missing. */
    public KinesisShardSplit {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(shardId, "shardId");
        Objects.requireNonNull(hashKeys, "hashKeys");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(producers, "producers");
    }

    /** A split without end, of which it is not known until when it was read through. */
    public KinesisShardSplit(
            StreamArn stream, String shardId, HashKeyRange hashKeys, Position position) {
        this(stream, shardId, hashKeys, position, 0, NO_END);
    }

    /** A split of which no producers were seen. */
    public KinesisShardSplit(
            StreamArn stream,
            String shardId,
            HashKeyRange hashKeys,
            Position position,
            long readThrough,
            long end) {
        this(stream, shardId, hashKeys, position, readThrough, end, SeenProducers.NONE);
    }

    /** The id of a shard's split: unique over all streams. */
    public static String splitId(StreamArn stream, String shardId) {
        return stream + "/" + shardId;
    }

    /** The ARN of the stream that a split's id names. */
    public static String streamOf(String splitId) {
        return splitId.substring(0, splitId.lastIndexOf('/'));
    }

    /** The shard that a split's id names. */
    public static String shardOf(String splitId) {
        return splitId.substring(splitId.lastIndexOf('/') + 1);
    }

    @Override
    public String splitId() {
        return splitId(stream, shardId);
    }

    /** The same shard at another place, of which nothing is known yet. */
    public KinesisShardSplit at(Position newPosition) {
        return new KinesisShardSplit(
                stream, shardId, hashKeys, newPosition, 0, end, SeenProducers.NONE);
    }

    /** The same place, with the time until which everything lies before it. */
    public KinesisShardSplit withReadThrough(long millis) {
        return new KinesisShardSplit(stream, shardId, hashKeys, position, millis, end, producers);
    }

    /** The same place, with what the shard inherited. */
    public KinesisShardSplit inheriting(Inheritance inheritance) {
        return withReadThrough(inheritance.since()).withProducers(inheritance.producers());
    }

    /** What it says besides its place; of an ended shard, what that leaves to its children. */
    public Inheritance inheritance() {
        return new Inheritance(readThrough, producers);
    }

    /** The same place, with another end. */
    public KinesisShardSplit withEnd(long millis) {
        return new KinesisShardSplit(
                stream, shardId, hashKeys, position, readThrough, millis, producers);
    }

    /** The same place, with the producers that were seen before it. */
    public KinesisShardSplit withProducers(SeenProducers seen) {
        return new KinesisShardSplit(stream, shardId, hashKeys, position, readThrough, end, seen);
    }

    /** Whether everything to read in the shard was emitted. */
    public boolean isFinished() {
        return position instanceof Position.End;
    }
}
