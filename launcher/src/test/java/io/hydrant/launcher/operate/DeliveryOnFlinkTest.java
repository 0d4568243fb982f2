package io.hydrant.launcher.operate;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryOnFlinkTest {

    private final DeliveryPlan plan =
            DeliveryPlan.of(
                    List.of("--config", HydrantRoot.exampleConfig("flights.json").toString()));

    private HttpServer server;
    private DeliveryOnFlink cluster;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/jobs/overview",
                "{\"jobs\": [{\"jid\": \"j\", \"name\": \"n\", \"state\": \"RUNNING\"}]}");
        server.start();
        cluster =
                new DeliveryOnFlink(
                        null, URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void findsTheJobOfADelivery() throws IOException {
        delivers(plan.deliveryStream());

        assertThat(cluster.running(plan).id()).isEqualTo("j");
        assertThatThrownBy(() -> cluster.requireNone(plan)).hasMessageContaining("already");
    }

    @Test
    void leavesAJobAloneThatHasOtherDeliveriesBesideIt() {
        delivers("sales;" + plan.deliveryStream());

        assertThatThrownBy(() -> cluster.running(plan))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delivers sales, " + plan.deliveryStream() + " together");
        assertThatThrownBy(() -> cluster.requireNone(plan)).hasMessageContaining("already");
    }

    @Test
    void knowsNoJobThatDeliversAnotherStream() throws IOException {
        delivers(plan.deliveryStream() + "-2");

        assertThatThrownBy(() -> cluster.running(plan)).hasMessageContaining("No job of");
        cluster.requireNone(plan);
    }

    private void delivers(String names) {
        answer(
                "/jobs/j/config",
                "{\"execution-config\": {\"user-config\": {\"delivery.stream.name\": \"%s\"}}}"
                        .formatted(names));
    }

    private void answer(String path, String json) {
        server.createContext(path, exchange -> send(exchange, json));
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
