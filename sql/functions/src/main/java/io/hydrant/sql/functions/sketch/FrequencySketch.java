package io.hydrant.sql.functions.sketch;

import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.types.Row;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A sketch of the most frequent texts and how often they came, as Space-Saving keeps it: what is
 * rare shares its place with others, and no count is wrong by more than the error.
 */
public final class FrequencySketch {

    /** The most places; three quarters of them hold a text each. */
    static final int PLACES = 4096;

    private final ItemsSketch<String> sketch;

    FrequencySketch() {
        this(new ItemsSketch<>(PLACES));
    }

    private FrequencySketch(ItemsSketch<String> sketch) {
        this.sketch = sketch;
    }

    void add(String text) {
        sketch.update(text);
    }

    void add(FrequencySketch other) {
        sketch.merge(other.sketch);
    }

    /**
     * The texts that came most often, with the count that it was at most, and how much less it may
     * have been.
     */
    Row[] most(int k) {
        return Arrays.stream(sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .sorted(
                        Comparator.<ItemsSketch.Row<String>>comparingLong(
                                        row -> -row.getUpperBound())
                                .thenComparing(ItemsSketch.Row::getItem))
                .limit(k)
                .map(
                        row ->
                                Row.of(
                                        row.getItem(),
                                        row.getUpperBound(),
                                        row.getUpperBound() - row.getLowerBound()))
                .toArray(Row[]::new);
    }

    byte[] toBytes() {
        return sketch.toByteArray(new ArrayOfStringsSerDe());
    }

    static FrequencySketch fromBytes(byte[] bytes) {
        return new FrequencySketch(
                ItemsSketch.getInstance(Memory.wrap(bytes), new ArrayOfStringsSerDe()));
    }
}
