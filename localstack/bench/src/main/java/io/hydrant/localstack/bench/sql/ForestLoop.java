package io.hydrant.localstack.bench.sql;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.Precision;

import java.util.SplittableRandom;

/**
 * The forest's library in a loop, with the defaults of {@code RANDOM_CUT_FOREST}: what the function
 * cannot be faster than.
 */
final class ForestLoop implements Asked {

    private static final int COLUMNS = 2;
    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final double TIME_DECAY = 100_000;

    private final long rows;

    ForestLoop(long rows) {
        this.rows = rows;
    }

    @Override
    public void answer() {
        RandomCutForest forest =
                RandomCutForest.builder()
                        .dimensions(COLUMNS)
                        .shingleSize(1)
                        .internalShinglingEnabled(true)
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLE)
                        .outputAfter(SAMPLE)
                        .timeDecay(1 / TIME_DECAY)
                        .precision(Precision.FLOAT_32)
                        .parallelExecutionEnabled(false)
                        .randomSeed(new SplittableRandom().nextLong())
                        .build();
        double highest = 0;
        for (long n = 0; n < rows; n++) {
            double[] point = Bids.point(n);
            if (forest.isOutputReady()) {
                highest = Math.max(highest, forest.getAnomalyScore(point));
            }
            forest.update(point);
        }
        if (rows > SAMPLE && highest == 0) {
            throw new IllegalStateException("The forest gave no score");
        }
    }

    @Override
    public long answers() {
        return rows;
    }
}
