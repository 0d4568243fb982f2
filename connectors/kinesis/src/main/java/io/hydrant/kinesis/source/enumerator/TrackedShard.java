package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;

import java.util.Objects;

/**
 * A shard that the enumerator knows.
 *
 * @param shard the shard as it was listed
 * @param start where reading it begins
 * @param status how far it has come
 */
public record TrackedShard(Shard shard, Position start, ShardStatus status) {

    /** Validates that nothing is missing. */
    public TrackedShard {
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(status, "status");
    }

    TrackedShard with(ShardStatus newStatus) {
        return new TrackedShard(shard, start, newStatus);
    }
}
