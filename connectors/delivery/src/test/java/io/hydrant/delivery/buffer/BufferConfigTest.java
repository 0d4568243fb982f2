package io.hydrant.delivery.buffer;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BufferConfigTest {

    @Test
    void hasTheDefaultsOfFirehoseWhereItHasAny() {
        assertThat(BufferConfig.from(new Configuration()))
                .isEqualTo(
                        new BufferConfig(
                                5 * 1024 * 1024,
                                128 * 1024 * 1024,
                                Duration.ofMinutes(5),
                                256 * 1024,
                                256 * 1024 * 1024,
                                PartitionTime.OBJECT));
    }

    @Test
    void readsEveryOption() {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "delivery.buffer.size", "128 mb",
                                "delivery.buffer.raised-size", "1 gb",
                                "delivery.buffer.interval", "0 s",
                                "delivery.buffer.block-size", "64 kb",
                                "delivery.memory-budget", "1 gb",
                                "delivery.partition.time", "RECORD"));

        assertThat(BufferConfig.from(config))
                .isEqualTo(
                        new BufferConfig(
                                128 * 1024 * 1024,
                                1024 * 1024 * 1024,
                                Duration.ZERO,
                                64 * 1024,
                                1024 * 1024 * 1024,
                                PartitionTime.RECORD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery.buffer.size       | 0 b    | delivery.buffer.size is 0 bytes; it must be at least 1",
                "delivery.buffer.block-size | 1 kb   | delivery.buffer.block-size is 1024 bytes; it must be at least 4096 and at the most 67108864",
                "delivery.buffer.block-size | 3 gb   | delivery.buffer.block-size is 3221225472 bytes",
                "delivery.memory-budget     | 1 mb   | delivery.memory-budget is 1048576 bytes; it must be at least 16777216",
                "delivery.buffer.block-size | 64 mb  | delivery.memory-budget is 268435456 bytes; it must hold at least 8 blocks",
            })
    void refusesWhatCannotWork(String key, String value, String message) {
        Configuration config = Configuration.fromMap(Map.of(key, value));

        assertThatThrownBy(() -> BufferConfig.from(config)).hasMessageContaining(message);
    }

    @Test
    void refusesANegativeInterval() {
        assertThatThrownBy(
                        () ->
                                new BufferConfig(
                                        1,
                                        1,
                                        Duration.ofSeconds(-1),
                                        1024 * 1024,
                                        256 * 1024 * 1024,
                                        PartitionTime.OBJECT))
                .hasMessageContaining("delivery.buffer.interval is PT-1S; it must be zero");
    }
}
