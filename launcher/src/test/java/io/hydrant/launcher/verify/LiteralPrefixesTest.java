package io.hydrant.launcher.verify;

import io.hydrant.delivery.partition.NamingConfig;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LiteralPrefixesTest {

    @ParameterizedTest
    @CsvSource({
        "orders/, failed/, 'orders/,failed/'",
        "orders/!{timestamp:yyyy}/, failed/!{firehose:error-output-type}/, 'orders/,failed/'",
        "orders/, orders/failed/, orders/",
        "orders/data/, orders/, orders/",
        "!{timestamp:yyyy}/, failed/!{firehose:error-output-type}/, ''",
        "orders/, '', orders/",
        "'', '', ''",
    })
    void coverAllThatADeliveryMayWriteAndNothingTwice(
            String prefix, String errorPrefix, String literals) {
        NamingConfig naming =
                new NamingConfig("orders", "1", prefix, errorPrefix, ZoneOffset.UTC, "", "");

        assertThat(String.join(",", LiteralPrefixes.of(naming))).isEqualTo(literals);
    }

    @ParameterizedTest
    @CsvSource({
        "a/!{firehose:error-output-type}/, b/, 'orders/,failed/,a/,b/'",
        "orders/a/, failed/b/, 'orders/,failed/'",
        "failed/x/, f, 'orders/,f'",
    })
    void coverTheErrorPrefixesOfTables(String first, String second, String literals) {
        NamingConfig naming =
                new NamingConfig("orders", "1", "orders/", "failed/", ZoneOffset.UTC, "", "");

        assertThat(String.join(",", LiteralPrefixes.of(naming, List.of(first, second))))
                .isEqualTo(literals);
    }
}
