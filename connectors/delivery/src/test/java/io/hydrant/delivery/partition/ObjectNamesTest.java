package io.hydrant.delivery.partition;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectNamesTest {

    private static final UUID ID = UUID.fromString("0f3d5cb9-6f2e-4c5e-9d52-1c3f7a7f1a11");
    private static final long ARRIVAL = Instant.parse("2018-08-27T10:30:05.678Z").toEpochMilli();

    @Test
    void namesAnObjectAsFirehoseDoes() {
        ObjectNames names = new ObjectNames(config(Map.of()));

        assertThat(names.dataKey(ARRIVAL, ID))
                .isEqualTo(
                        "2018/08/27/10/flights-1-2018-08-27-10-30-05-0f3d5cb9-6f2e-4c5e-9d52-1c3f7a7f1a11.gz");
        assertThat(names.errorKey(ErrorOutputType.FORMAT_CONVERSION_FAILED, ARRIVAL, ID))
                .isEqualTo(
                        "format-conversion-failed/2018/08/27/10/flights-1-2018-08-27-10-30-05-0f3d5cb9-6f2e-4c5e-9d52-1c3f7a7f1a11.gz");
    }

    @Test
    void usesTheTimeZoneInPrefixAndSuffix() {
        ObjectNames names = new ObjectNames(config(Map.of("delivery.time-zone", "Asia/Tokyo")));

        assertThat(names.dataKey(ARRIVAL, ID))
                .startsWith("2018/08/27/19/flights-1-2018-08-27-19-30-05-");
    }

    @Test
    void givesErrorObjectsTheExtensionOfTheirCompressionOnly() {
        ObjectNames names =
                new ObjectNames(
                        config(
                                Map.of(
                                        "delivery.file-extension", ".json.gz",
                                        "delivery.stream.version", "12",
                                        "delivery.prefix", "in/",
                                        "delivery.error-prefix", "bad/")));

        assertThat(names.dataKey(ARRIVAL, ID))
                .isEqualTo("in/2018/08/27/10/flights-12-2018-08-27-10-30-05-" + ID + ".json.gz");
        assertThat(
                        names.errorKey(
                                "t/!{firehose:error-output-type}/",
                                ErrorOutputType.ICEBERG_FAILED,
                                ARRIVAL,
                                ID))
                .startsWith("t/iceberg-failed/");
        assertThat(names.errorKey(ErrorOutputType.PROCESSING_FAILED, ARRIVAL, ID))
                .isEqualTo("bad/flights-12-2018-08-27-10-30-05-" + ID + ".gz");
    }

    @Test
    void partitionIsThePrefixOfTheRecordsOwnTime() {
        ObjectNames names =
                new ObjectNames(
                        config(
                                Map.of(
                                        "delivery.prefix",
                                        "!{firehose:random-string}/!{timestamp:yyyy/MM/dd/HH/mm}/",
                                        "delivery.error-prefix",
                                        "bad/")));
        Map<String, Integer> seen = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (int minute = 0; minute < 2_000; minute++) {
                seen.merge(names.partition(ARRIVAL + minute * 60_000L), 1, Integer::sum);
            }
        }

        assertThat(seen).hasSize(2_000).values().containsOnly(2);
        assertThat(names.partition(ARRIVAL)).endsWith("/2018/08/27/10/30/");
    }

    @Test
    void defaultsAreFirehosesOwn() {
        assertThat(config(Map.of()))
                .isEqualTo(
                        new NamingConfig("flights", "1", "", "", ZoneId.of("UTC"), ".gz", ".gz"));
    }

    @Test
    void survivesTheWayToATask() throws Exception {
        NamingConfig config = config(Map.of("delivery.time-zone", "Europe/Paris"));

        assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery.stream.name    | a b        | 'a b' is not allowed; 1 to 64 letters",
                "delivery.stream.version | v1         | 'v1' is not allowed; 1 to 50 digits",
                "delivery.file-extension | gz         | 'gz' is not allowed; a '.'",
                "delivery.file-extension | .GZ        | '.GZ' is not allowed",
                "delivery.time-zone      | Asia/Tokio | did you mean 'Asia/Tokyo'?",
                "delivery.prefix         | !{a        | has an expression that does not end",
                "delivery.error-prefix   | !{timestamp:yyyy} | must hold !{firehose:error-output-type}",
            })
    void refusesWhatIsNotAllowed(String option, String value, String reason) {
        assertThatThrownBy(() -> config(Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void requiresAStreamName() {
        Configuration empty = new Configuration();

        assertThatThrownBy(() -> NamingConfig.from(empty, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delivery.stream.name is required");
    }

    private static NamingConfig config(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("delivery.stream.name", "flights");
        return NamingConfig.from(Configuration.fromMap(all), ".gz", ".gz");
    }
}
