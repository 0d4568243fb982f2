package io.hydrant.localstack.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BoundsTest {

    @Test
    void knowsNoUpperBoundWhereNoneIsGiven() {
        assertThatCode(() -> Bounds.atLeast(1, "--rows", 3_000_000_000L))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Bounds.atLeast(1, "--rows", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--rows must be at least 1, but is 0");
    }

    @Test
    void takesBothEndsOfARange() {
        assertThatCode(() -> Bounds.between(2, 9, "--files", 2)).doesNotThrowAnyException();
        assertThatCode(() -> Bounds.between(2, 9, "--files", 9)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Bounds.between(2, 9, "--files", 10))
                .hasMessage("--files must be from 2 to 9, but is 10");
        assertThatThrownBy(() -> Bounds.between(2, 9, "--files", 1))
                .hasMessage("--files must be from 2 to 9, but is 1");
    }
}
