package io.hydrant.localstack.harness;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConditionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void asksUntilTheConditionHolds() {
        AtomicInteger asked = new AtomicInteger();

        Conditions.until(LONG, "the third time", () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void takesAnExceptionForNotYet() {
        AtomicInteger asked = new AtomicInteger();

        Conditions.until(
                LONG,
                "an answer",
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IOException("connection refused");
                    }
                    return true;
                });

        assertThat(asked).hasValue(2);
    }

    @Test
    void saysWhatWasWaitedForAndWhatWentWrongLast() {
        assertThatThrownBy(
                        () ->
                                Conditions.until(
                                        SHORT,
                                        "the stream to be active",
                                        () -> {
                                            throw new IOException("connection refused");
                                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Waited PT0.02S in vain for the stream to be active")
                .hasRootCauseMessage("connection refused");
    }

    @Test
    void givesUpWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Conditions.until(LONG, "nothing", () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Interrupted while waiting for nothing");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellsWhetherItCameTrueWhereNobodyHasToFail() {
        assertThat(Conditions.comeTrue(SHORT, () -> false)).isFalse();
        assertThat(Conditions.comeTrue(SHORT, () -> true)).isTrue();
    }
}
