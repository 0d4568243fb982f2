package io.hydrant.localstack.bench.measure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CpuSamplesTest {

    private final CpuSamples samples = new CpuSamples();

    CpuSamplesTest() {
        samples.add(1_000, 5_000_000_000L);
        samples.add(2_000, 6_000_000_000L);
        samples.add(4_000, 10_000_000_000L);
    }

    @Test
    void interpolatesBetweenItsSamples() {
        assertThat(samples.secondsBetween(1_500, 3_000)).isEqualTo(8.0 - 5.5);
        assertThat(samples.secondsBetween(2_000, 4_000)).isEqualTo(4.0);
    }

    @Test
    void knowsNothingBeyondItsEnds() {
        assertThat(samples.secondsBetween(0, 9_000)).isEqualTo(5.0);
    }

    @Test
    void readsWhatItFormats() {
        assertThat(CpuSamples.parse(samples.format()).secondsBetween(1_500, 3_000)).isEqualTo(2.5);
    }
}
