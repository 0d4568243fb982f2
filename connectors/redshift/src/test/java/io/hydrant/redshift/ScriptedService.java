package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Answers GetSecretValue of Secrets Manager, with what it is told, the last of it again. */
final class FakeSecrets implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    private record Answer(int status, String body) {}

    FakeSecrets() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
                    String request =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    Answer answer = next(target + ' ' + request);
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    private synchronized Answer next(String request) {
        asked.add(request);
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    /** The next value of the secret. */
    synchronized FakeSecrets thenSecret(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        answers.add(new Answer(200, "{\"Name\":\"s\",\"SecretString\":\"" + quoted + "\"}"));
        return this;
    }

    /** The next answer is an error. */
    synchronized FakeSecrets thenError(int status, String type) {
        answers.add(new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"because\"}"));
        return this;
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                "test",
                "test");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
