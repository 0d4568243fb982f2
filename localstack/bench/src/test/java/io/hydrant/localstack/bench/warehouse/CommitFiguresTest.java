package io.hydrant.localstack.bench.warehouse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CommitFiguresTest {

    @Test
    void aRowIsAsOldAsWhatWasLeftOfItsIntervalAndTheCommit() {
        CommitFigures figures = CommitFigures.of(60, 1000, new double[] {1, 1}, 6, 2);

        assertThat(figures.medianSeconds()).isCloseTo(31, within(0.1));
        assertThat(figures.p99Seconds()).isCloseTo(60.4, within(0.1));
        assertThat(figures.mostSeconds()).isCloseTo(61, within(0.1));
        assertThat(figures.filesPerLoad()).isEqualTo(3);
        assertThat(figures.loadsPerHour()).isEqualTo(60);
        assertThat(figures.meetsTarget()).isTrue();
    }

    @Test
    void severalLoadsOfACommitAreCounted() {
        assertThat(CommitFigures.of(5, 1000, new double[] {1, 1}, 4, 4).loadsPerHour())
                .isEqualTo(1440);
    }

    @Test
    void aSlowCommitAmongFewMissesTheTarget() {
        assertThat(CommitFigures.of(5, 1000, new double[] {1, 1, 1, 4}, 4, 4).meetsTarget())
                .isFalse();
    }
}
