package io.hydrant.launcher.autoscale;

/**
 * What a shard takes.
 *
 * @param shard the shard
 * @param load of the last while
 * @param topKey partition key that makes most of it, or null where that is not known
 * @param topKeyShare its part of the load, 0 to 1
 */
record ShardLoad(OpenShard shard, Load load, String topKey, double topKeyShare) {

    /** Whether one key alone makes the most of it, which no split takes apart. */
    boolean isOneKeys() {
        return topKey != null && topKeyShare > 0.5;
    }
}
