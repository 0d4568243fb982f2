package io.hydrant.localstack.bench.warehouse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresCpuTest {

    @Test
    void countsAProcessAndTheChildrenThatHaveEnded() {
        assertThat(
                        PostgresCpu.ticks(
                                "4711 (postgres: a (b) c) S 1 4711 4711 0 -1 4194304 5 6 7 8 100 20 3 4 20 0 1 0 99"))
                .isEqualTo(127);
    }
}
