package io.hydrant.kinesis.source;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FanOutConfigTest {

    @Test
    void hasTheDefaultsOfTheOfficialConnector() {
        assertThat(config(Map.of()))
                .isEqualTo(
                        new FanOutConfig(
                                ReaderType.POLLING,
                                null,
                                ConsumerLifecycle.JOB_MANAGED,
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(60),
                                100,
                                Duration.ofSeconds(10)));
        assertThat(config(Map.of()).isEnabled()).isFalse();
    }

    @Test
    void readsEveryOption() {
        FanOutConfig config =
                config(
                        Map.of(
                                "source.reader.type", "EFO",
                                "source.efo.consumer.name", "my-app_1.x",
                                "source.efo.lifecycle", "SELF_MANAGED",
                                "source.efo.subscription.timeout", "1 min",
                                "source.efo.describe.retry-strategy.delay.min", "1 s",
                                "source.efo.describe.retry-strategy.delay.max", "3 s",
                                "source.efo.describe.retry-strategy.attempts.max", "7",
                                "source.efo.deregister.timeout", "4 s"));

        assertThat(config)
                .isEqualTo(
                        new FanOutConfig(
                                ReaderType.EFO,
                                "my-app_1.x",
                                ConsumerLifecycle.SELF_MANAGED,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                7,
                                Duration.ofSeconds(4)));
        assertThat(config.isEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.efo.consumer.name | my app | is 'my app'; source.reader.type EFO needs a name",
                "source.efo.subscription.timeout | 0 s | at least 1 ms",
                "source.efo.deregister.timeout | 0 s | at least 1 ms",
                "source.efo.describe.retry-strategy.delay.min | 0 s | at least 1 ms",
                "source.efo.describe.retry-strategy.delay.max | 1 s | must not be less than",
                "source.efo.describe.retry-strategy.attempts.max | 0 | at least 1",
            })
    void saysWhichOptionIsWrongAndWhatItMayBe(String key, String value, String allowed) {
        Map<String, String> options =
                new HashMap<>(
                        Map.of("source.reader.type", "EFO", "source.efo.consumer.name", "app"));
        options.put(key, value);

        assertThatThrownBy(() -> config(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(allowed);
    }

    @Test
    void saysThatAConsumerNeedsAName() {
        assertThatThrownBy(() -> config(Map.of("source.reader.type", "EFO")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source.efo.consumer.name is missing");
    }

    private static FanOutConfig config(Map<String, String> options) {
        return FanOutConfig.from(Configuration.fromMap(options));
    }
}
