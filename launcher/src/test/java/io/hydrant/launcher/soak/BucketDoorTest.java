package io.hydrant.launcher.soak;

import io.hydrant.localstack.harness.Conditions;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BucketDoorTest {

    private static final String SNAPSHOT = "/bucket/warehouse/demo/soak/metadata/snap-1.avro";

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer bucket;
    private BucketDoor door;

    @BeforeEach
    void open() throws IOException {
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    done.add(
                            exchange.getRequestMethod()
                                    + ' '
                                    + exchange.getRequestURI()
                                    + ' '
                                    + exchange.getRequestHeaders().getFirst("If-None-Match")
                                    + ' '
                                    + body);
                    exchange.getResponseHeaders().set("ETag", "\"tag\"");
                    if (exchange.getRequestMethod().equals("HEAD")) {
                        exchange.getResponseHeaders().set("Content-Length", "4711");
                        exchange.sendResponseHeaders(200, -1);
                    } else {
                        exchange.sendResponseHeaders(200, 2);
                        exchange.getResponseBody().write(new byte[] {'o', 'k'});
                    }
                    exchange.close();
                });
        bucket.start();
        door = BucketDoor.open(URI.create("http://127.0.0.1:" + bucket.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        door.close();
        bucket.stop(0);
    }

    @Test
    void passesRequestsAndAnswersOnAsTheyAre() throws Exception {
        HttpResponse<String> put = call("PUT", "/bucket/a%2Fb?x-id=Put%20it", "rows").get();

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).isEqualTo("ok");
        assertThat(put.headers().firstValue("ETag")).contains("\"tag\"");
        assertThat(done).containsExactly("PUT /bucket/a%2Fb?x-id=Put%20it * rows");
    }

    @Test
    void keepsTheLengthThatAnObjectHas() throws Exception {
        assertThat(call("HEAD", "/bucket/a", "").get().headers().firstValue("Content-Length"))
                .contains("4711");
    }

    @Test
    void keepsARequestFromS3WhileItsSenderIsKilled() throws Exception {
        door.hold(TableStep.SNAPSHOT, false);
        CompletableFuture<HttpResponse<String>> held = call("PUT", SNAPSHOT, "list");
        Conditions.until(Duration.ofMinutes(1), "the request", door::isHolding);

        door.letGo();

        assertThatThrownBy(held::get).hasCauseInstanceOf(IOException.class);
        assertThat(done).isEmpty();
        assertThat(call("PUT", SNAPSHOT, "list").get().statusCode()).isEqualTo(200);
    }

    @Test
    void keepsTheAnswerOfS3FromWhoIsKilled() throws Exception {
        door.hold(TableStep.SNAPSHOT, true);
        assertThat(call("PUT", "/bucket/other", "x").get().statusCode()).isEqualTo(200);
        CompletableFuture<HttpResponse<String>> held = call("PUT", SNAPSHOT, "list");
        Conditions.until(Duration.ofMinutes(1), "the request", () -> done.size() == 2);

        door.letGo();

        assertThatThrownBy(held::get).hasCauseInstanceOf(IOException.class);
        assertThat(done.get(1)).isEqualTo("PUT " + SNAPSHOT + " * list");
    }

    private CompletableFuture<HttpResponse<String>> call(String method, String path, String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(door.endpoint().resolve(path))
                        .header("If-None-Match", "*")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
