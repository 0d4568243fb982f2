package io.hydrant.launcher.autoscale;

/**
 * Between which numbers of shards one may move.
 *
 * @param minShards never fewer
 * @param maxShards never more
 */
record ScalingRules(int minShards, int maxShards) {

    /** Validates ranges. */
    ScalingRules {
        if (minShards < 1 || maxShards < minShards || maxShards > UpdateBudget.MAX_SHARDS) {
            throw new IllegalArgumentException(
                    "Shards must be from 1 to "
                            + UpdateBudget.MAX_SHARDS
                            + ", --min-shards not above --max-shards, but they are "
                            + minShards
                            + " and "
                            + maxShards);
        }
    }

    int clamp(double shards) {
        return (int) Math.max(minShards, Math.min(maxShards, Math.ceil(shards)));
    }
}
