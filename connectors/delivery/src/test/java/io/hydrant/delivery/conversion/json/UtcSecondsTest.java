package io.hydrant.delivery.conversion.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class UtcSecondsTest {

    private final UtcSeconds seconds = new UtcSeconds();
    private final Timestamps.Instant instant = new Timestamps.Instant();

    @Test
    void readsWhatInstantsPrint() {
        Random random = new Random(11);
        long second = Instant.parse("1582-10-15T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            // Mostly within a day, so that the remembered one is taken and left.
            second += random.nextInt(10) == 0 ? random.nextInt(90_000_000) : random.nextInt(40_000);
            String text = Instant.ofEpochSecond(second).toString();
            if (text.length() > 20) {
                return;
            }
            instant.nanos = 7;

            assertThat(parse("__" + text + "__", 2, text.length())).as(text).isTrue();
            assertThat(instant.second).as(text).isEqualTo(second);
            assertThat(instant.nanos).isZero();
        }
    }

    /** Behind a good one, whose day is remembered. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-01-00T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T23:59:60Z",
                "2024-01-01T0/:00:00Z",
                "2024-01-01T:0:00:00Z",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00-00:00Z",
                "2024-01-01T00:00-00Z",
                "2024-01-01T00:00:00z",
                "2024-01-01T00:00:000",
                "2024/01/01T00:00:00Z",
                "2024-1-011T00:00:00Z",
                "2024-01-01T00:00:00",
                "2024-01-01T00:00:00ZZ",
                "2024-01-01T00:00:0Z",
                "+024-01-01T00:00:00Z",
                ""
            })
    void leavesAllElse(String text) {
        assertThat(parse("2024-01-01T01:02:03Z", 0, 20)).isTrue();

        assertThat(parse(text, 0, text.length())).isFalse();

        assertThat(parse("2024-01-01T01:02:03Z", 0, 20)).isTrue();
        assertThat(instant.second)
                .isEqualTo(Instant.parse("2024-01-01T01:02:03Z").getEpochSecond());
    }

    private boolean parse(String text, int from, int length) {
        return seconds.parse(text.getBytes(StandardCharsets.UTF_8), from, length, instant);
    }
}
