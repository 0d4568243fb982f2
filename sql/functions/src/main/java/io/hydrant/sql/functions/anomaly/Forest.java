package io.hydrant.sql.functions.anomaly;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.Precision;
import com.amazon.randomcutforest.returntypes.DiVector;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A forest that learns points and says how far each is from those before it.
 *
 * <p>Its bytes begin with a version, and hold everything, random numbers to come included: a forest
 * made of bytes gives the same scores as any other made of the same bytes.
 */
final class Forest {

    private static final int VERSION = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final RandomCutForest forest;
    private final int columns;

    private Forest(RandomCutForest forest) {
        this.forest = forest;
        this.columns = forest.getDimensions() / forest.getShingleSize();
    }

    /** A forest that knows nothing yet, over points of so many columns. */
    static Forest plant(ForestOptions options, int columns) {
        return new Forest(
                RandomCutForest.builder()
                        .dimensions(columns * options.shingleSize())
                        .shingleSize(options.shingleSize())
                        .internalShinglingEnabled(true)
                        .numberOfTrees(options.trees())
                        .sampleSize(options.subSampleSize())
                        .outputAfter(options.subSampleSize())
                        .timeDecay(1.0 / options.timeDecay())
                        .precision(Precision.FLOAT_32)
                        .parallelExecutionEnabled(false)
                        .randomSeed(options.seed())
                        .build());
    }

    /** The score of a point and its parts, before the forest learns the point. */
    Anomaly score(double[] point) {
        return forest.isOutputReady()
                ? new Anomaly(forest.getAnomalyScore(point), parts(point))
                : new Anomaly(0, new DiVector(columns));
    }

    /** The score of a point alone, which is less work; 0 for the first points. */
    double scoreOnly(double[] point) {
        return forest.isOutputReady() ? forest.getAnomalyScore(point) : 0;
    }

    void learn(double[] point) {
        forest.update(point);
    }

    /** The parts of each column, which a shingle has once for every row in it. */
    private DiVector parts(double[] point) {
        DiVector all = forest.getAnomalyAttribution(point);
        DiVector parts = new DiVector(columns);
        for (int i = 0; i < all.getDimensions(); i++) {
            parts.high[i % columns] += all.high[i];
            parts.low[i % columns] += all.low[i];
        }
        return parts;
    }

    byte[] toBytes() {
        try {
            byte[] state = JSON.writeValueAsBytes(mapper().toState(forest));
            return ByteBuffer.allocate(state.length + 4).putInt(VERSION).put(state).array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The forest of the bytes.
     *
     * @throws IllegalStateException where they are of a version that this one does not know
     */
    static Forest fromBytes(byte[] bytes) {
        int version = ByteBuffer.wrap(bytes).getInt();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "The state holds a forest of version %d, and this is %d."
                            .formatted(version, VERSION));
        }
        try {
            return new Forest(
                    mapper().toModel(
                                    JSON.readValue(
                                            Arrays.copyOfRange(bytes, 4, bytes.length),
                                            RandomCutForestState.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RandomCutForestMapper mapper() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveTreeStateEnabled(true);
        mapper.setSaveExecutorContextEnabled(true);
        return mapper;
    }

    /** A score, and what each column has to do with it: by being high and by being low. */
    record Anomaly(double score, DiVector parts) {}
}
