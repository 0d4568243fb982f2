package io.hydrant.delivery.sample;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SampleConfigTest {

    @Test
    void deliversEveryRecordUnlessItIsToldOtherwise() {
        assertThat(SampleConfig.from(new Configuration())).isEmpty();
    }

    @Test
    void hasTheseDefaults() {
        assertThat(config("delivery.sample.method=LAST", "delivery.sample.interval=6 h"))
                .isEqualTo(
                        new SampleConfig(
                                SampleMethod.LAST,
                                null,
                                Duration.ofHours(6),
                                0,
                                List.of(),
                                null,
                                SampleTimeFormat.ISO_8601,
                                Duration.ofMinutes(1)));
    }

    @Test
    void beginsIntervalsWithTheClock() {
        SampleConfig config = config("delivery.sample.method=LAST", "delivery.sample.interval=6 h");
        long sixHours = Duration.ofHours(6).toMillis();

        assertThat(config.intervalOf(3 * sixHours)).isEqualTo(3 * sixHours);
        assertThat(config.intervalOf(4 * sixHours - 1)).isEqualTo(3 * sixHours);
        assertThat(config.intervalOf(-1)).isEqualTo(-sixHours);
        assertThat(config.longestWait()).isEqualTo(Duration.ofMinutes(361));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    interval=1 h                              | delivery.sample.interval is given without delivery.sample.method
                    key=.a                                    | delivery.sample.key is given without delivery.sample.method
                    method=LAST                               | delivery.sample.interval is required with delivery.sample.method
                    method=LAST;interval=999 ms               | delivery.sample.interval is PT0.999S; it must be 1 s to 31 d
                    method=LAST;interval=32 d                 | it must be 1 s to 31 d
                    method=LAST;interval=1 h;lateness=2 d     | delivery.sample.lateness is PT48H; it must be 0 s to 1 d
                    method=ONE_IN_N;interval=1 h              | delivery.sample.count is not given with ONE_IN_N
                    method=ONE_IN_N;interval=1 h;count=1      | delivery.sample.count is 1 with ONE_IN_N
                    method=LAST;interval=1 h;count=5          | delivery.sample.count is 5 with LAST
                    method=LAST;interval=1 h;fields=a         | delivery.sample.fields goes with AVERAGE, not with LAST
                    method=LAST;interval=1 h;key=.a)           | delivery.sample.key: '.a)' is no path such as .device.id
                    method=LAST;interval=1 h;time=)           | delivery.sample.time: ')' is no path
                    """)
    void saysWhatIsWrong(String options, String message) {
        String[] all = options.split(";");
        for (int i = 0; i < all.length; i++) {
            all[i] = "delivery.sample." + all[i];
        }

        assertThatThrownBy(() -> SampleConfig.from(configuration(all)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_8601, 1970-01-01T00:00:01.5Z, 1500",
        "ISO_8601, 1970-01-01T01:00:00+01:00, 0",
        "EPOCH_SECONDS, 1.5, 1500",
        "EPOCH_SECONDS, -1, -1000",
        "EPOCH_MILLIS, 1500, 1500",
        "EPOCH_MILLIS, 1e-999999999, 0"
    })
    void readsTimes(SampleTimeFormat format, String text, long millis) {
        assertThat(format.millis(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_8601, 1500",
        "ISO_8601, 2026-01-27",
        "EPOCH_SECONDS, soon",
        "EPOCH_MILLIS, 1e2147483647",
        "EPOCH_MILLIS, 9999999999999999999"
    })
    void refusesWhatIsNoTime(SampleTimeFormat format, String text) {
        assertThatThrownBy(() -> format.millis(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no time in " + format);
    }

    private static SampleConfig config(String... options) {
        return SampleConfig.from(configuration(options)).orElseThrow();
    }

    private static Configuration configuration(String... options) {
        Map<String, String> values = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            values.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return Configuration.fromMap(values);
    }
}
