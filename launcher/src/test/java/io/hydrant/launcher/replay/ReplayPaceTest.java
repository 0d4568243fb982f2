package io.hydrant.launcher.replay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayPaceTest {

    private static final Instant FIRST = Instant.parse("2013-01-01T10:00:00Z");

    @Test
    void letsAnHourPassInASecond() {
        ReplayPace pace = ReplayPace.spedUp(3600);

        assertThat(pace.dueNanos(0, FIRST, FIRST)).isZero();
        assertThat(pace.dueNanos(7, FIRST, FIRST.plus(Duration.ofMinutes(90))))
                .isEqualTo(Duration.ofMillis(1500).toNanos());
    }

    @Test
    void staysWithinItsRange() {
        assertThat(ReplayPace.spedUp(1e-9).dueNanos(1, FIRST, FIRST.plus(Duration.ofDays(365))))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void spacesRecordsEvenlyWheneverTheyHappened() {
        ReplayPace pace = ReplayPace.rate(4);

        assertThat(pace.dueNanos(10, FIRST, FIRST)).isEqualTo(Duration.ofMillis(2500).toNanos());
    }

    @Test
    void waitsForNothingWithoutAPace() {
        assertThat(
                        ReplayPace.AS_FAST_AS_IT_GOES.dueNanos(
                                1_000_000, FIRST, FIRST.plus(Duration.ofDays(365))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoPace(double value) {
        assertThatThrownBy(() -> ReplayPace.spedUp(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The speed-up must be a number above 0, but is " + value);
        assertThatThrownBy(() -> ReplayPace.rate(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The rate must be a number above 0, but is " + value);
    }

    @Test
    void isEitherASpeedUpOrARate() {
        assertThatThrownBy(() -> new ReplayPace(2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A pace is a speed-up or a rate above 0, but the speed-up is 2.0 and the"
                                + " rate 3.0");
    }
}
