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

/** Answers calls of AWS with what it is told, the last of it again. */
final class ScriptedService implements AutoCloseable {

    static {
        // Without it the kernel holds the end of an answer back for up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    private record Answer(int status, String body) {}

    ScriptedService() throws IOException {
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

    /** The next answer, of JSON or XML. */
    synchronized ScriptedService then(String body) {
        answers.add(new Answer(200, body));
        return this;
    }

    /** The next answer, whatever it is. */
    synchronized ScriptedService then(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** The next value of the secret. */
    synchronized ScriptedService thenSecret(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        answers.add(new Answer(200, "{\"Name\":\"s\",\"SecretString\":\"" + quoted + "\"}"));
        return this;
    }

    /** The next answer is an error. */
    synchronized ScriptedService thenError(int status, String type) {
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
