package io.hydrant.sql.functions.sketch;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SketchesTest {

    private final ApproxDistinct distinct = new ApproxDistinct();
    private final ApproxTopK topK = new ApproxTopK();

    @Test
    void fewValuesAreCountedExactly() {
        DistinctSketch sketch = distinct.createAccumulator();
        for (Object value :
                new Object[] {
                    1L, 1L, 2, "", "a", "a", null, 1.5, new BigDecimal("1.25"), new byte[] {1}
                }) {
            distinct.accumulate(sketch, value);
        }

        assertThat(distinct.getValue(sketch)).isEqualTo(7);
        assertThat(distinct.getValue(distinct.createAccumulator())).isZero();
    }

    @Test
    void manyValuesAreCountedWithinFourTimesTheError() {
        DistinctSketch odd = distinct.createAccumulator();
        DistinctSketch even = distinct.createAccumulator();
        for (int i = 0; i < 100_000; i++) {
            distinct.accumulate(i % 2 == 0 ? even : odd, "user" + i);
            distinct.accumulate(even, "user" + i / 2);
        }
        distinct.merge(odd, List.of(even));

        assertThat(distinct.getValue(odd).doubleValue()).isCloseTo(100_000, within(5_200.0));
    }

    @Test
    void theMostFrequentTextsOfFewAreExact() {
        ApproxTopK.Counts one = topK.createAccumulator();
        ApproxTopK.Counts other = topK.createAccumulator();
        for (String text : List.of("b", "a", "c", "a", "b", "a")) {
            topK.accumulate(one, text, 2);
        }
        topK.accumulate(one, null, 2);
        for (int i = 0; i < 3; i++) {
            topK.accumulate(other, "b", 2);
        }
        topK.merge(one, List.of(other));

        assertThat(topK.getValue(one)).containsExactly(Row.of("b", 5L, 0L), Row.of("a", 3L, 0L));
    }

    @Test
    void theErrorBoundHoldsAmongManyTexts() {
        ApproxTopK.Counts counts = topK.createAccumulator();
        for (int i = 0; i < 100_000; i++) {
            topK.accumulate(counts, i % 10 == 0 ? "often" : "rare" + i, 1);
        }

        Row most = topK.getValue(counts)[0];

        assertThat(most.<String>getFieldAs(0)).isEqualTo("often");
        long atMost = most.getFieldAs(1);
        long error = most.getFieldAs(2);
        assertThat(atMost).isGreaterThanOrEqualTo(10_000);
        assertThat(atMost - error).isLessThanOrEqualTo(10_000);
        assertThat(error).isLessThanOrEqualTo((long) (3.5 / 4096 * 100_000));
    }

    @Test
    void sketchesGoOnFromTheirBytes() throws IOException {
        DistinctSketch sketch = distinct.createAccumulator();
        for (int i = 0; i < 5_000; i++) {
            distinct.accumulate(sketch, i);
        }
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        DistinctSketchSerializer.INSTANCE.serialize(sketch, bytes);
        DistinctSketch read =
                DistinctSketchSerializer.INSTANCE.deserialize(
                        new DataInputDeserializer(bytes.getCopyOfBuffer()));
        for (int i = 0; i < 6_000; i++) {
            distinct.accumulate(sketch, i);
            distinct.accumulate(read, i);
        }

        assertThat(read.estimate()).isEqualTo(sketch.estimate());
        FrequencySketch frequencies = new FrequencySketch();
        frequencies.add("a");
        FrequencySketch copy = FrequencySketchSerializer.INSTANCE.copy(frequencies);
        copy.add("a");
        assertThat(copy.most(1)).containsExactly(Row.of("a", 2L, 0L));
        assertThat(frequencies.most(1)).containsExactly(Row.of("a", 1L, 0L));
    }

    /** Written by version 1: a hundred different texts, and nine among a hundred. */
    @Test
    void readsTheBytesThatVersion1Wrote() throws IOException {
        assertThat(
                        DistinctSketchSerializer.INSTANCE
                                .deserialize(golden("distinct-sketch-v1.bin"))
                                .estimate())
                .isEqualTo(100);
        assertThat(
                        FrequencySketchSerializer.INSTANCE
                                .deserialize(golden("frequency-sketch-v1.bin"))
                                .most(1))
                .containsExactly(Row.of("v0", 12L, 0L));
    }

    private static DataInputDeserializer golden(String name) throws IOException {
        try (InputStream bytes = SketchesTest.class.getResourceAsStream("/state/" + name)) {
            return new DataInputDeserializer(bytes.readAllBytes());
        }
    }

    @Test
    void refusesBytesOfAnotherVersion() {
        assertThatThrownBy(
                        () ->
                                FrequencySketchSerializer.INSTANCE.deserialize(
                                        new DataInputDeserializer(new byte[] {9, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }
}
