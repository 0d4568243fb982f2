package io.hydrant.kinesis.sink;

import io.hydrant.core.options.OptionCatalog;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisSinkConfigTest {

    private static final KinesisSinkConfig DEFAULTS =
            new KinesisSinkConfig(
                    500,
                    5 * 1024 * 1024,
                    50,
                    10_000,
                    64L * 1024 * 1024,
                    Duration.ofSeconds(5),
                    1024 * 1024,
                    false,
                    new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(2), 2, 0.2),
                    null,
                    new RecordRules(null, SinkOrder.NONE, Rejection.FAIL, false));

    @Test
    void refusesTheStreamOfATable() {
        StreamArn table =
                StreamArn.parseOfTable(
                        "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000");

        assertThatThrownBy(() -> KinesisSink.<byte[]>builder().stream(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(table + " is the stream of a DynamoDB table");
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(read(Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void aggregatesIntoTheSizeOfTheKplAndCountsMoreRecordsOfABatch() {
        KinesisSinkConfig config = read(Map.of("sink.aggregation.enabled", "true"));

        assertThat(config.aggregation()).isEqualTo(new Aggregation(51_200, Integer.MAX_VALUE));
        assertThat(config.batchRecords()).isEqualTo(5_000);
    }

    @Test
    void takesTheNumbersOfTheOfficialConnectorAsBytesAndMilliseconds() {
        KinesisSinkConfig config =
                read(
                        Map.of(
                                "sink.batch.max-size", "100",
                                "sink.requests.max-inflight", "7",
                                "sink.requests.max-buffered", "1000",
                                "sink.flush-buffer.size", "2097152",
                                "sink.flush-buffer.timeout", "1500",
                                "sink.fail-on-error", "true"));

        assertThat(config)
                .isEqualTo(
                        new KinesisSinkConfig(
                                100,
                                2 * 1024 * 1024,
                                7,
                                1_000,
                                DEFAULTS.bufferedBytes(),
                                Duration.ofMillis(1_500),
                                DEFAULTS.recordBytes(),
                                true,
                                DEFAULTS.backoff(),
                                null,
                                DEFAULTS.rules()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sink.batch.max-size|501|sink.batch.max-size is 501; it must be at least 1 and at most 500",
                "sink.batch.max-size|0|sink.batch.max-size is 0; it must be at least 1",
                "sink.requests.max-inflight|0|sink.requests.max-inflight is 0; it must be at least 1",
                "sink.requests.max-buffered|500|sink.requests.max-buffered is 500; it must be at least 501",
                "sink.requests.max-buffered-size|1 mb|"
                        + "sink.requests.max-buffered-size is 1048576; it must be at least 5242880",
                "sink.flush-buffer.size|11 mb|"
                        + "sink.flush-buffer.size is 11534336; it must be at least 1048576 and at most 10485760",
                "sink.flush-buffer.timeout|0|sink.flush-buffer.timeout is 0; it must be at least 1",
                "sink.record.max-size|11 mb|"
                        + "sink.record.max-size is 11534336; it must be at least 1 and at most 10485760",
                "sink.record.max-size|6 mb|"
                        + "sink.flush-buffer.size is 5242880; it must be at least 6291456 and at most 10485760",
                "sink.retry.backoff.initial|0|sink.retry.backoff.*: Need 0 < initial <= max"
            })
    void refusesWhatCannotWorkByNameAndValue(String key, String value, String message) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAggregatesThatTheServiceWouldRefuse() {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of(
                                                "sink.aggregation.enabled",
                                                "true",
                                                "sink.aggregation.max-size",
                                                "2 mb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "sink.aggregation.*: The size of an aggregate must be from 64");
    }

    @Test
    void travelsToTheTasks() throws Exception {
        assertThat(InstantiationUtil.clone(DEFAULTS)).isEqualTo(DEFAULTS);
    }

    @Test
    void describesEveryOption() {
        assertThat(OptionCatalog.of(KinesisSinkOptions.class).options()).hasSize(17);
        assertThat(OptionCatalog.of(KinesisSinkOptions.class).markdownTable())
                .contains("| `sink.flush-buffer.timeout` | `5 s` |");
    }

    private static KinesisSinkConfig read(Map<String, String> options) {
        return KinesisSinkConfig.from(Configuration.fromMap(options));
    }
}
