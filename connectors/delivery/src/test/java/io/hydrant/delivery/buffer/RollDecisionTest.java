package io.hydrant.delivery.buffer;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RollDecisionTest {

    private final RollDecision roll =
            new RollDecision(new SizeHint(1000, 0), Duration.ofSeconds(60));

    @Test
    void isFullFromItsSizeOn() {
        assertThat(roll.isFull(999)).isFalse();
        assertThat(roll.isFull(1000)).isTrue();
        assertThat(roll.isFull(1001)).isTrue();
    }

    @Test
    void isDueFromItsAgeOn() {
        assertThat(roll.dueAt(5_000)).isEqualTo(65_000);
        assertThat(roll.isDue(5_000, 64_999)).isFalse();
        assertThat(roll.isDue(5_000, 65_000)).isTrue();
        assertThat(roll.needsTimer()).isTrue();
    }

    @Test
    void withoutAnIntervalEverythingIsDueAndNoTimerNeeded() {
        RollDecision atCheckpoints = new RollDecision(new SizeHint(1000, 0), Duration.ZERO);

        assertThat(atCheckpoints.isDue(5_000, 5_000)).isTrue();
        assertThat(atCheckpoints.needsTimer()).isFalse();
    }

    @Test
    void anEndlessIntervalNeverIsDue() {
        RollDecision never =
                new RollDecision(new SizeHint(1000, 0), Duration.ofMillis(Long.MAX_VALUE));

        assertThat(never.dueAt(5_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(never.isDue(5_000, 6_000)).isFalse();
    }
}
