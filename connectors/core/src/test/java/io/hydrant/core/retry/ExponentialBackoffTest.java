package io.hydrant.core.retry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExponentialBackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "60, 1000", "2000, 1000"})
    void growsUpToItsMaximum(int failures, long millis) {
        ExponentialBackoff backoff =
                new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, 0);

        assertThat(backoff.delay(failures, new Random(1))).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void jitterStaysWithinItsShareAndIsNotAlwaysTheSame() {
        ExponentialBackoff backoff =
                new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, 0.25);
        Random random = new Random(7);

        assertThat(
                        java.util.stream.Stream.generate(() -> backoff.delay(1, random).toMillis())
                                .limit(200))
                .allSatisfy(delay -> assertThat(delay).isBetween(75L, 125L))
                .anySatisfy(delay -> assertThat(delay).isLessThan(85L))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(115L));
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(
                        () ->
                                new ExponentialBackoff(
                                        Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("initial is PT2S, max PT1S");
        assertThatThrownBy(
                        () ->
                                new ExponentialBackoff(
                                        Duration.ofSeconds(1), Duration.ofSeconds(1), 0.5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.5");
        assertThatThrownBy(
                        () ->
                                new ExponentialBackoff(
                                        Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.5");
    }
}
