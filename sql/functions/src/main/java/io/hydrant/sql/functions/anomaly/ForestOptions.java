package io.hydrant.sql.functions.anomaly;

import io.hydrant.sql.functions.typing.Literals;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.inference.StaticArgument;

import java.util.List;

/**
 * What a forest is made with.
 *
 * <p>Source of bounds and defaults: SQL reference, RANDOM_CUT_FOREST. The seed is ours: one seed
 * gives one forest, and the same rows in the same order the same scores.
 */
record ForestOptions(int trees, int subSampleSize, int timeDecay, int shingleSize, int seed) {

    static final int DEFAULT_TREES = 100;
    static final int DEFAULT_SUB_SAMPLE_SIZE = 256;
    static final int DEFAULT_TIME_DECAY = 100_000;
    static final int DEFAULT_SHINGLE_SIZE = 1;
    static final int DEFAULT_SEED = 0;

    /** The arguments behind the table. */
    static List<StaticArgument> arguments() {
        return List.of(
                StaticArgument.scalar("numberOfTrees", DataTypes.INT(), true),
                StaticArgument.scalar("subSampleSize", DataTypes.INT(), true),
                StaticArgument.scalar("timeDecay", DataTypes.INT(), true),
                StaticArgument.scalar("shingleSize", DataTypes.INT(), true));
    }

    static StaticArgument seedArgument() {
        return StaticArgument.scalar("seed", DataTypes.INT(), true);
    }

    /** What was given, with defaults for the rest. */
    static ForestOptions of(
            Integer trees,
            Integer subSampleSize,
            Integer timeDecay,
            Integer shingleSize,
            Integer seed) {
        return new ForestOptions(
                trees == null ? DEFAULT_TREES : trees,
                subSampleSize == null ? DEFAULT_SUB_SAMPLE_SIZE : subSampleSize,
                timeDecay == null ? DEFAULT_TIME_DECAY : timeDecay,
                shingleSize == null ? DEFAULT_SHINGLE_SIZE : shingleSize,
                seed == null ? DEFAULT_SEED : seed);
    }

    /** Refuses literals out of their bounds; the first of them stands behind the table. */
    static void check(Literals literals, String function) {
        literals.integer(1, "numberOfTrees", 1, 1000, DEFAULT_TREES);
        int sample = literals.integer(2, "subSampleSize", 10, 1000, DEFAULT_SUB_SAMPLE_SIZE);
        int decay = literals.integer(3, "timeDecay", 1, Integer.MAX_VALUE, DEFAULT_TIME_DECAY);
        literals.integer(4, "shingleSize", 1, 30, DEFAULT_SHINGLE_SIZE);
        if (sample >= decay) {
            throw literals.wrong(
                    "The argument subSampleSize of %s must be less than timeDecay, but they are %s and %s.",
                    function, sample, decay);
        }
    }
}
