package io.hydrant.localstack.bench.stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    @Test
    void isWarmBehindTheFirstThirdAndThereWithTheLastRecord() {
        Progress progress = new Progress(9);

        assertThat(progress.at(2)).isFalse();
        assertThat(progress.warmMillis()).isZero();
        assertThat(progress.at(4)).isFalse();
        assertThat(progress.warmMillis()).isPositive();
        assertThat(progress.at(8)).isFalse();
        assertThat(progress.warmRecords()).isEqualTo(4);
        assertThat(progress.at(9)).isTrue();
    }
}
