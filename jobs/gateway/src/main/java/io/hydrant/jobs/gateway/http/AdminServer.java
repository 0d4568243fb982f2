package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Health and metrics, on an address of their own that is not for clients: {@code /health} while the
 * process runs, {@code /ready} while it takes requests, {@code /metrics} for Prometheus.
 */
public final class AdminServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    2,
                    task -> {
                        Thread thread = new Thread(task, "gateway-admin");
                        thread.setDaemon(true);
                        return thread;
                    });

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param isReady whether the gateway takes requests
     * @throws IOException if the address is taken
     */
    public static AdminServer start(
            InetSocketAddress address, GatewayMetrics metrics, BooleanSupplier isReady)
            throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("Cannot listen on " + address + ": " + e.getMessage(), e);
        }
        AdminServer admin = new AdminServer(http);
        http.setExecutor(admin.threads);
        String text = "text/plain; charset=utf-8";
        http.createContext("/health", exchange -> answer(exchange, 200, text, "ok\n"));
        http.createContext(
                "/ready",
                exchange -> {
                    boolean ready = isReady.getAsBoolean();
                    answer(exchange, ready ? 200 : 503, text, ready ? "ready\n" : "stopping\n");
                });
        http.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, GatewayMetrics.CONTENT_TYPE, metrics.page()));
        http.start();
        return admin;
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
