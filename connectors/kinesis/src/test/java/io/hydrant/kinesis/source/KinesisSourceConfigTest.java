package io.hydrant.kinesis.source;

import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.RecordDecoding;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisSourceConfigTest {

    @Test
    void hasTheDefaultsOfTheOfficialConnectorWhereItHasThem() {
        assertThat(config(Map.of()))
                .isEqualTo(
                        new KinesisSourceConfig(
                                InitialPosition.LATEST,
                                null,
                                Duration.ofSeconds(10),
                                10_000,
                                5 * 1024 * 1024,
                                Duration.ofMillis(200),
                                Duration.ofMillis(250),
                                4,
                                RecordDecoding.DIRECT,
                                true,
                                OutOfRange.DROP,
                                PositionLost.FAIL,
                                EndConfig.NONE,
                                new StreamsConfig(Duration.ofMinutes(1), ShardOrder.PARENTS_FIRST),
                                FanOutConfig.from(new Configuration()),
                                null));
    }

    @Test
    void readsEveryOption() {
        assertThat(
                        config(
                                options(
                                        "source.init.position", "AT_TIMESTAMP",
                                        "source.init.timestamp", "2026-11-21T12:00:00.250+01:00",
                                        "source.shard.discovery.interval", "1 s",
                                        "source.shard.get-records.max-record-count", "7",
                                        "source.shard.get-records.target-bytes", "1 mb",
                                        "source.shard.get-records.interval", "300 ms",
                                        "source.reader.empty-records-fetch-interval", "2 s",
                                        "source.reader.threads", "9",
                                        "source.deaggregation", "false",
                                        "source.deaggregation.out-of-range", "EMIT",
                                        "source.shard.get-records.decoding", "SDK",
                                        "source.position-lost", "CONTINUE",
                                        "source.end.position", "AT_TIMESTAMP",
                                        "source.end.timestamp", "22.11.2026 +0000",
                                        "source.end.timestamp.format", "dd.MM.yyyy Z")))
                .isEqualTo(
                        new KinesisSourceConfig(
                                InitialPosition.AT_TIMESTAMP,
                                Instant.parse("2026-11-21T11:00:00.250Z"),
                                Duration.ofSeconds(1),
                                7,
                                1024 * 1024,
                                Duration.ofMillis(300),
                                Duration.ofSeconds(2),
                                9,
                                RecordDecoding.SDK,
                                false,
                                OutOfRange.EMIT,
                                PositionLost.CONTINUE,
                                new EndConfig(
                                        EndPosition.AT_TIMESTAMP,
                                        Instant.parse("2026-11-22T00:00:00Z")),
                                StreamsConfig.from(new Configuration()),
                                FanOutConfig.from(new Configuration()),
                                null));
    }

    @Test
    void remembersProducersWhenToldTo() {
        assertThat(config(Map.of("source.deduplication.enabled", "true")).deduplication())
                .isEqualTo(new DeduplicationConfig(256, Duration.ofHours(1)));
        assertThat(
                        config(
                                        options(
                                                "source.deduplication.enabled", "true",
                                                "source.deduplication.max-producers", "3",
                                                "source.deduplication.retention", "2 min"))
                                .deduplication())
                .isEqualTo(new DeduplicationConfig(3, Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.deduplication.max-producers | 0 | is 0; it must be at least 1",
                "source.deduplication.retention | 0 s | it must be at least 1 ms",
                "source.deaggregation | false | only aggregates carry what tells copies apart",
            })
    void saysWhatKeepsItFromTellingCopiesApart(String key, String value, String problem) {
        assertThatThrownBy(
                        () -> config(options("source.deduplication.enabled", "true", key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(problem);
    }

    @Test
    void readsTimesInAnyFormatAndInSeconds() {
        assertThat(timestamp("1459799926.480", null))
                .isEqualTo(Instant.ofEpochMilli(1459799926480L));
        assertThat(timestamp("21.11.2026 +0000", "dd.MM.yyyy Z"))
                .isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.shard.get-records.max-record-count | 10001 | from 1 to 10000",
                "source.shard.get-records.max-record-count | 0 | from 1 to 10000",
                "source.reader.threads | 0 | from 1 to 256",
                "source.shard.get-records.target-bytes | 0 | at least 1",
                "source.shard.discovery.interval | 0 s | at least 1 ms",
                "source.shard.get-records.interval | 0 s | at least 1 ms",
                "source.reader.empty-records-fetch-interval | 0 s | at least 1 ms",
                "source.init.timestamp | 1 | AT_TIMESTAMP needs a time, and nothing else takes one",
                "source.end.timestamp | 1 | AT_TIMESTAMP needs a time, and nothing else takes one",
                "source.end.position | AT_TIMESTAMP | AT_TIMESTAMP needs a time, and nothing else",
                "source.end.position | NOW | begin at TRIM_HORIZON or AT_TIMESTAMP",
            })
    void saysWhichOptionIsWrongAndWhatItMayBe(String key, String value, String allowed) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(allowed);
    }

    @Test
    void refusesAnEndThatIsNotBehindTheStart() {
        assertThatThrownBy(
                        () ->
                                config(
                                        options(
                                                "source.init.position", "AT_TIMESTAMP",
                                                "source.init.timestamp", "1000",
                                                "source.end.position", "AT_TIMESTAMP",
                                                "source.end.timestamp", "1000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "source.end.timestamp is 1970-01-01T00:16:40Z; it must be later than"
                                + " source.init.timestamp, 1970-01-01T00:16:40Z");
    }

    @Test
    void saysWhatATimeLooksLike() {
        assertThatThrownBy(() -> timestamp("yesterday", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source.init.timestamp is 'yesterday'")
                .hasMessageContaining("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        for (String nearly :
                List.of("2026-02-30T00:00:00.000Z", "2026-11-21T12:00:00.000Z, 2 pm")) {
            assertThatThrownBy(() -> timestamp(nearly, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("source.init.timestamp is '" + nearly + "'");
        }
        assertThatThrownBy(() -> timestamp("1", "bogus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source.init.timestamp.format is 'bogus'");
    }

    private static Map<String, String> options(String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return options;
    }

    private static Instant timestamp(String value, String format) {
        Map<String, String> options = new HashMap<>();
        options.put("source.init.position", "AT_TIMESTAMP");
        options.put("source.init.timestamp", value);
        if (format != null) {
            options.put("source.init.timestamp.format", format);
        }
        return config(options).initialTimestamp();
    }

    private static KinesisSourceConfig config(Map<String, String> options) {
        return KinesisSourceConfig.from(Configuration.fromMap(options));
    }
}
