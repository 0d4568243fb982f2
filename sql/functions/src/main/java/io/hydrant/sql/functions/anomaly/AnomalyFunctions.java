package io.hydrant.sql.functions.anomaly;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions that find what is unlike the rest, or close together. */
public final class AnomalyFunctions {

    private static final String FOREST =
            "input => TABLE … [, numberOfTrees => 1 … 1000 (100), subSampleSize => 10 … 1000 (256), timeDecay => … (100000), shingleSize => 1 … 30 (1)";

    private AnomalyFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "RANDOM_CUT_FOREST",
                        FOREST + ", seed => … (0)]",
                        "all columns, `ANOMALY_SCORE` DOUBLE",
                        "How far each row is from those before it, by its numeric columns that are no keys (1 to 30, no DECIMAL). 0 for the first `subSampleSize` rows, NULL for a row that lacks a number. The forest is in checkpoints and savepoints",
                        "KDA SQL reference, RANDOM_CUT_FOREST; randomcutforest-core",
                        RandomCutForestFunction.class),
                new FunctionEntry(
                        "RANDOM_CUT_FOREST_WITH_EXPLANATION",
                        FOREST + ", withDirectionality => … (FALSE), seed => … (0)]",
                        "all columns, `ANOMALY_SCORE` DOUBLE, `ANOMALY_EXPLANATION` STRING",
                        "Likewise, with JSON of what each column adds to the score, and on demand in which direction and how strongly",
                        "KDA SQL reference, RANDOM_CUT_FOREST_WITH_EXPLANATION; randomcutforest-core",
                        RandomCutForestWithExplanation.class),
                new FunctionEntry(
                        "HOTSPOTS",
                        "input => TABLE …, windowSize => 100 … 1000, scanRadius => … (with a decimal point), minimumNumberOfPointsInAHotspot => 2 … windowSize",
                        "all columns, `HOTSPOTS_RESULT` STRING",
                        "Where the newest `windowSize` rows lie close together, by their numeric columns: JSON of `hotspots` with `density`, `minValues` and `maxValues`, the densest first. As DBSCAN finds them",
                        "KDA SQL reference, HOTSPOTS",
                        Hotspots.class));
    }
}
