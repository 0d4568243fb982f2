package io.hydrant.sql.functions.sketch;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.types.Row;

/**
 * {@code APPROX_TOP_K(text, k)}: the k texts that came most often, the most frequent first, with
 * how often each came at most ({@code n}) and how much less that may have been ({@code error}). The
 * error is 0 up to 3,072 different texts and at most 3.5 / 4096 of all rows beyond. Nulls are not
 * counted.
 *
 * <p>Source: Apache DataSketches, frequent items with 4096 places.
 */
public final class ApproxTopK extends AggregateFunction<Row[], ApproxTopK.Counts> {

    private static final long serialVersionUID = 1;

    /** The counts so far. */
    public static final class Counts {

        /** How many texts are wanted. */
        public int k;

        /** The counts. */
        public FrequencySketch sketch = new FrequencySketch();
    }

    @Override
    public Counts createAccumulator() {
        return new Counts();
    }

    @Override
    public Row[] getValue(Counts counts) {
        return counts.sketch.most(counts.k);
    }

    /** Adds a text. */
    public void accumulate(Counts counts, String text, Integer k) {
        counts.k = k == null ? 0 : Math.max(0, k);
        if (text != null) {
            counts.sketch.add(text);
        }
    }

    /** Adds the texts of others. */
    public void merge(Counts counts, Iterable<Counts> others) {
        for (Counts other : others) {
            counts.k = Math.max(counts.k, other.k);
            counts.sketch.add(other.sketch);
        }
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        InputTypeStrategies.explicitSequence(DataTypes.STRING(), DataTypes.INT()))
                .accumulatorTypeStrategy(
                        TypeStrategies.explicit(
                                DataTypes.STRUCTURED(
                                        Counts.class,
                                        DataTypes.FIELD("k", DataTypes.INT().notNull()),
                                        DataTypes.FIELD(
                                                "sketch",
                                                DataTypes.RAW(
                                                        FrequencySketch.class,
                                                        FrequencySketchSerializer.INSTANCE)))))
                .outputTypeStrategy(
                        TypeStrategies.explicit(
                                DataTypes.ARRAY(
                                        DataTypes.ROW(
                                                DataTypes.FIELD("item", DataTypes.STRING()),
                                                DataTypes.FIELD("n", DataTypes.BIGINT()),
                                                DataTypes.FIELD("error", DataTypes.BIGINT())))))
                .build();
    }
}
