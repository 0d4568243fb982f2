package io.hydrant.jobs.gateway;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.kinesis.sink.AcknowledgingPutterConfig;
import io.hydrant.kinesis.sink.Aggregation;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewayConfigTest {

    @Test
    void theDefaultsAreThese() {
        assertThat(GatewayConfig.from(options()))
                .isEqualTo(
                        new GatewayConfig(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8088),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8089),
                                null,
                                null,
                                Path.of("keys"),
                                List.of(),
                                2_000,
                                100,
                                15 << 20,
                                128 << 20,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(25),
                                new AcknowledgingPutterConfig(
                                        Aggregation.DEFAULT,
                                        true,
                                        4 << 20,
                                        8,
                                        50_000,
                                        128 << 20,
                                        Duration.ofMillis(10),
                                        Duration.ofSeconds(5),
                                        new ExponentialBackoff(
                                                Duration.ofMillis(50),
                                                Duration.ofSeconds(1),
                                                2,
                                                0.2)),
                                100,
                                new ClientLimits.Rates(null, null, null),
                                null,
                                List.of(),
                                100_000));
    }

    @Test
    void nothingLeavesTheMachineInPlainTextUnasked() {
        Configuration options = options();
        options.set(GatewayOptions.HOST, "0.0.0.0");
        assertThatThrownBy(() -> GatewayConfig.from(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway.host is 0.0.0.0")
                .hasMessageContaining("gateway.plain-text.allowed");

        options.set(GatewayOptions.PLAIN_TEXT_ALLOWED, true);
        assertThat(GatewayConfig.from(options).address().getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void thereIsNoAccessWithoutKeys() {
        assertThatThrownBy(() -> GatewayConfig.from(new Configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway.credentials-file is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.port, 70000",
        "gateway.max-connections, 0",
        "gateway.http2.max-concurrent-streams, -1",
        "gateway.max-body-size, 3 gb",
        "gateway.request-timeout, 0 s",
        "gateway.idle-timeout, 0 s",
        "gateway.put.max-in-flight, 0",
        "gateway.kinesis.streams, orders",
        "gateway.tls.certificate, cert.pem",
        "gateway.host, no.such.host.invalid",
        "gateway.client.max-requests-per-second, 0",
        "gateway.http.max-records, 0",
        "gateway.http.cors.allowed-origins, shop.example",
        "gateway.http.cors.allowed-origins, https://shop.example/"
    })
    void whatCannotBeIsRefused(String key, String value) {
        Configuration options = options();
        options.setString(key, value);

        assertThatThrownBy(() -> GatewayConfig.from(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(" + value + "|" + key + "|at least 1).*");
    }

    private static Configuration options() {
        Configuration options = new Configuration();
        options.set(GatewayOptions.CREDENTIALS_FILE, "keys");
        return options;
    }
}
