package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;

import java.util.Objects;

/**
 * A shard that the enumerator knows.
 *
 * @param shard the shard as it was listed
 * @param start where reading it begins
 * @param status how far it has come
 * @param inherited what it begins with, but for what parents leave that are still known
 * @param left what it leaves to its children, once its end was reported
 */
public record TrackedShard(
        Shard shard, Position start, ShardStatus status, Inheritance inherited, Inheritance left) {

    /** Validates that nothing is missing. */
    public TrackedShard {
        Objects.requireNonNull(shard, "shard");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(inherited, "inherited");
        Objects.requireNonNull(left, "left");
    }

    TrackedShard with(ShardStatus newStatus) {
        return new TrackedShard(shard, start, newStatus, inherited, left);
    }

    TrackedShard inheriting(Inheritance more) {
        return new TrackedShard(shard, start, status, inherited.plus(more), left);
    }

    TrackedShard leaving(Inheritance newLeft) {
        return new TrackedShard(shard, start, status, inherited, newLeft);
    }
}
