package io.hydrant.launcher.autoscale;

import java.math.BigInteger;

/** What is to be done with the shards of a stream. */
sealed interface ScalingStep {

    /** Why. */
    String reason();

    /** Nothing. */
    record Stay(String reason) implements ScalingStep {}

    /** UpdateShardCount. */
    record Resize(int shards, String reason) implements ScalingStep {}

    /** SplitShard. */
    record Split(OpenShard shard, BigInteger upperStart, String reason) implements ScalingStep {}

    /** MergeShards; the first ends where the second begins. */
    record Merge(OpenShard lower, OpenShard upper, String reason) implements ScalingStep {}
}
