package io.hydrant.kinesis.dynamodb;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A server that gives the answers it was told, one after the other, and keeps what was asked. */
final class ScriptedHttp implements SdkHttpClient {

    static final String DATE = "Sat, 21 Nov 2026 12:00:00 GMT";
    static final long DATE_MILLIS = 1_795_262_400_000L;

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private boolean closed;

    /** What was asked. */
    record Asked(SdkHttpRequest head, String body) {

        String action() {
            String target = head.firstMatchingHeader("X-Amz-Target").orElseThrow();
            return target.substring(target.indexOf('.') + 1);
        }
    }

    private record Reply(int status, Map<String, String> headers, String body) {}

    ScriptedHttp answers(String body) {
        return answers(200, Map.of("Date", DATE), body);
    }

    ScriptedHttp fails(int status, String code) {
        return answers(
                status,
                Map.of(),
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"Message\":\"no\"}"
                        .formatted(code));
    }

    ScriptedHttp answers(int status, Map<String, String> headers, String body) {
        replies.add(new Reply(status, headers, body));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    List<String> bodies() {
        return asked.stream().map(Asked::body).toList();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try (InputStream in = request.contentStreamProvider().orElseThrow().newStream()) {
                    asked.add(
                            new Asked(
                                    request.httpRequest(),
                                    new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
                if (replies.isEmpty()) {
                    throw new IOException("connection reset");
                }
                Reply reply = replies.remove();
                SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(reply.status);
                reply.headers.forEach(head::putHeader);
                return HttpExecuteResponse.builder()
                        .response(head.build())
                        .responseBody(
                                AbortableInputStream.create(
                                        new ByteArrayInputStream(
                                                reply.body.getBytes(StandardCharsets.UTF_8))))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
