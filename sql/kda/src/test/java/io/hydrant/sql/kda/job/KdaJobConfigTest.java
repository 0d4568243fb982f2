package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.call.BatchFunction;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KdaJobConfigTest {

    @Test
    void holdsTheDefaults() {
        Configuration none = new Configuration();

        assertThat(KdaJobConfig.from(Map.of(), null))
                .isEqualTo(
                        new KdaJobConfig(
                                AwsClientConfig.from(none),
                                AwsClientConfig.from(none),
                                AwsClientConfig.from(none),
                                AwsClientConfig.from(none),
                                KinesisSourceConfig.from(none),
                                KinesisSinkConfig.from(none),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                new BatchFunction.Limits(
                                        100, 3 * 1024 * 1024, Duration.ofMillis(200), 5)));
    }

    @ParameterizedTest
    @CsvSource({
        "NOW, LATEST",
        "TRIM_HORIZON, TRIM_HORIZON",
        "LAST_STOPPED_POINT, TRIM_HORIZON",
    })
    void beginsWhereTheDocumentSays(String document, InitialPosition position) {
        Configuration expected = new Configuration();
        expected.set(KinesisSourceOptions.INIT_POSITION, position);

        assertThat(KdaJobConfig.from(Map.of(), document).source())
                .isEqualTo(KinesisSourceConfig.from(expected));
        assertThat(
                        KdaJobConfig.from(Map.of("source.init.position", "TRIM_HORIZON"), document)
                                .source())
                .isEqualTo(KdaJobConfig.from(Map.of(), "TRIM_HORIZON").source());
    }

    @Test
    void reachesEveryServiceWhereItIs() {
        KdaJobConfig config =
                KdaJobConfig.from(
                        Map.of(
                                "aws.endpoint", "http://kinesis.test",
                                "kda.s3.endpoint", "http://s3.test",
                                "kda.lambda.endpoint", "http://lambda.test",
                                "kda.firehose.endpoint", "http://firehose.test"),
                        null);

        assertThat(config.aws().endpoint()).isEqualTo(URI.create("http://kinesis.test"));
        assertThat(config.s3().endpoint()).isEqualTo(URI.create("http://s3.test"));
        assertThat(config.lambda().endpoint()).isEqualTo(URI.create("http://lambda.test"));
        assertThat(config.firehose().endpoint()).isEqualTo(URI.create("http://firehose.test"));
    }

    @Test
    void refusesWhatIsNoOptionAndWhatNoOptionMayBe() {
        assertThatThrownBy(() -> KdaJobConfig.from(Map.of("kda.idle-time", "1 s"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'kda.idle-time' is not an option")
                .hasMessageContaining("kda.idle-timeout");
        assertThatThrownBy(() -> KdaJobConfig.from(Map.of("kda.idle-timeout", "0 s"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kda.idle-timeout is PT0S; it must be longer than 0");
        assertThatThrownBy(
                        () ->
                                KdaJobConfig.from(
                                        Map.of("kda.reference.refresh-interval", "-1 s"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kda.reference.refresh-interval");
        assertThatThrownBy(() -> KdaJobConfig.from(Map.of("kda.lambda.max-in-flight", "0"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kda.lambda.max-in-flight is 0; it must be 1 to 100");
    }
}
