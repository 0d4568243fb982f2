package io.hydrant.kinesis.source;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamsConfigTest {

    @Test
    void looksForStreamsEveryMinuteAndReadsParentsFirstByDefault() {
        assertThat(StreamsConfig.from(new Configuration()))
                .isEqualTo(new StreamsConfig(Duration.ofMinutes(1), ShardOrder.PARENTS_FIRST));
    }

    @Test
    void readsEveryOption() {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "source.stream.discovery.interval", "5 s",
                                "source.shard.order", "none"));

        assertThat(StreamsConfig.from(options))
                .isEqualTo(new StreamsConfig(Duration.ofSeconds(5), ShardOrder.NONE));
    }

    @Test
    void refusesAnIntervalOfNothing() {
        Configuration options =
                Configuration.fromMap(Map.of("source.stream.discovery.interval", "0 s"));

        assertThatThrownBy(() -> StreamsConfig.from(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source.stream.discovery.interval is PT0S")
                .hasMessageContaining("at least 1 ms");
    }
}
