package io.hydrant.sql.functions.sketch;

import io.hydrant.sql.functions.FunctionEntry;

import java.util.List;

/** The functions that count approximately, in bounded memory. */
public final class SketchFunctions {

    private SketchFunctions() {}

    /** Every function once. */
    public static List<FunctionEntry> all() {
        return List.of(
                new FunctionEntry(
                        "HLL_COUNT_DISTINCT",
                        "value",
                        "BIGINT",
                        "About how many different values there are, by HyperLogLog in a few kilobytes: exact for few, 1.3 % at one standard deviation for many. NULLs are not counted",
                        "Apache DataSketches, HllSketch",
                        ApproxDistinct.class),
                new FunctionEntry(
                        "APPROX_TOP_K",
                        "text, k",
                        "ARRAY<ROW<item STRING, n BIGINT, error BIGINT>>",
                        "The k most frequent texts, the most frequent first, with how often each came at most and by how much that may be too high: nothing up to 3,072 different texts, beyond at most 3.5 / 4096 of all rows",
                        "Apache DataSketches, ItemsSketch",
                        ApproxTopK.class));
    }
}
