package io.hydrant.jobs.gateway;

import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.harness.Conditions;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records by plain HTTP through the whole gateway, in front of a Kinesis in memory. */
@Timeout(120)
class PlainHttpTest {

    private static final String ORDERS = "/deliverystreams/orders";
    private static final String BEARER = "Bearer " + RunningGateway.HTTP_KEY;
    private static final String LINES = "application/x-ndjson";

    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir private Path folder;
    private RunningGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void acknowledgesWhatIsInTheStream() throws Exception {
        gateway = RunningGateway.start(folder);

        JsonNode hook = good(send(ORDERS, "text/plain", "one\nbody"));
        JsonNode lines = good(send("/streams/orders-in", LINES, "line 1\n\nline 3\n"));
        JsonNode array = good(send(ORDERS, "application/json", "[{\"a\" :1}, {\"a\":2}]"));
        JsonNode many = good(send(ORDERS, LINES, lines(12_000)));

        assertThat(hook.toString()).isEqualTo("{\"records\":1}");
        assertThat(lines.path("records").asInt()).isEqualTo(2);
        assertThat(array.path("records").asInt()).isEqualTo(2);
        assertThat(many.path("records").asInt()).isEqualTo(12_000);
        assertThat(gateway.stored())
                .hasSize(12_005)
                .doesNotHaveDuplicates()
                .contains("one\nbody", "line 1", "line 3", "{\"a\" :1}", "{\"a\":2}", "r11999");
        assertThat(metrics())
                .contains(
                        "requests_total{action=\"http.deliverystreams\",client=\"hooks\",code=\"OK\"} 3")
                .contains("requests_total{action=\"http.streams\",client=\"hooks\",code=\"OK\"} 1")
                .contains("acknowledged_records_total{delivery_stream=\"orders\"} 12005");
    }

    @Test
    void unpacksBodiesAndGivesKeys() throws Exception {
        gateway = RunningGateway.start(folder);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(
                    "{\"user\":{\"id\":7}}\n{\"user\":{\"id\":\"ä\"}}"
                            .getBytes(StandardCharsets.UTF_8));
        }

        good(
                client.send(
                        request(ORDERS + "?partition-key-field=/user/id")
                                .header("Authorization", BEARER)
                                .header("Content-Type", LINES)
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                                .build(),
                        BodyHandlers.ofString()));

        assertThat(gateway.storedKeys()).containsExactlyInAnyOrder("7", "ä");
        assertThat(gateway.stored())
                .containsExactlyInAnyOrder("{\"user\":{\"id\":7}}", "{\"user\":{\"id\":\"ä\"}}");
        // The client has its answer a little before the gateway has the memory back.
        Conditions.until(
                Duration.ofSeconds(60),
                "the memory to be given back",
                () -> metrics().contains("hydrant_gateway_in_flight_bytes 0"));
    }

    @Test
    void takesBodiesWhoseSizeNobodyKnowsBefore() throws Exception {
        gateway = RunningGateway.start(folder);

        JsonNode many = good(sendInChunks(lines(40_000).getBytes(StandardCharsets.UTF_8)));

        assertThat(many.path("records").asInt()).isEqualTo(40_000);
        assertThat(gateway.stored()).hasSize(40_000).doesNotHaveDuplicates().contains("r39999");
        Conditions.until(
                Duration.ofSeconds(60),
                "the memory to be given back",
                () -> metrics().contains("hydrant_gateway_in_flight_bytes 0"));
    }

    @Test
    void keepsNoMemoryForABodyThatIsRefusedAndStillComes() throws Exception {
        gateway =
                RunningGateway.start(
                        folder, "gateway.max-body-size=100 kb", "gateway.request-timeout=10 min");
        try (Socket socket =
                new Socket(gateway.endpoint().getHost(), gateway.endpoint().getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST "
                                            + ORDERS
                                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: "
                                            + BEARER
                                            + "\r\nTransfer-Encoding: chunked\r\n\r\n1d4c0\r\n"
                                            + "x".repeat(0x1d4c0)
                                            + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the body to be refused, and its memory given back before it ends",
                    () ->
                            metrics().contains("code=\"RequestEntityTooLargeException\"} 1")
                                    && metrics().contains("hydrant_gateway_in_flight_bytes 0"));
            socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("the gateway takes 102400");
        }
    }

    @Test
    void saysThatThereIsNoMemoryForABodyThatGrows() throws Exception {
        gateway =
                RunningGateway.start(
                        folder,
                        "gateway.max-body-size=100 kb",
                        "gateway.max-in-flight-size=100 kb");

        assertError(
                503,
                "ServiceUnavailable",
                sendInChunks("x\n".repeat(40_000).getBytes(StandardCharsets.UTF_8)));
        assertThat(gateway.stored()).isEmpty();
        good(sendInChunks(lines(10).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesWebhooksByTheirSignatureAlone() throws Exception {
        gateway = RunningGateway.start(folder);
        String body = "{\"action\":\"opened\"}";

        good(sendWebhook(ORDERS + "?webhook=hub", signature(body), body));
        assertError(
                401,
                "InvalidSignature",
                sendWebhook(ORDERS + "?webhook=hub", signature(body), body + ' '));
        assertError(
                401,
                "UnknownWebhook",
                sendWebhook(ORDERS + "?webhook=hooks", signature(body), body));
        assertError(401, "MissingKey", sendWebhook(ORDERS, signature(body), body));
        // What is wrong with a request is said to those only who could sign it.
        String elsewhere = "/deliverystreams/other?webhook=hub";
        assertError(403, "AccessDenied", sendWebhook(elsewhere, signature(body), body));
        assertError(401, "InvalidSignature", sendWebhook(elsewhere, signature("x"), body));
        String misspelt = ORDERS + "?webhook=hub&spilt=json";
        assertError(400, "BadParameter", sendWebhook(misspelt, signature(body), body));
        assertError(401, "InvalidSignature", sendWebhook(misspelt, signature("x"), body));

        assertThat(gateway.stored()).containsExactly(body);
        assertThat(metrics())
                .contains(
                        "requests_total{action=\"http.deliverystreams\",client=\"hub\",code=\"OK\"} 1");
    }

    private HttpResponse<String> sendWebhook(String path, String signature, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("X-Hub-Signature-256", signature)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String signature(String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        RunningGateway.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "any"));
        return "sha256="
                + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void tellsLineByLineWhatKinesisDidNotTake() throws Exception {
        gateway =
                RunningGateway.start(
                        folder,
                        "gateway.put.patience=0 s",
                        "gateway.aggregation.enabled=false",
                        "gateway.producer-identity.enabled=false");
        gateway.kinesis().rejectRecords(7, "ProvisionedThroughputExceededException", key -> true);

        HttpResponse<String> response = send(ORDERS, LINES, lines(5_000) + lines(10));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        JsonNode body = RunningGateway.JSON.readTree(response.body());
        assertThat(body.path("error").asText()).isEqualTo("ServiceUnavailable");
        assertThat(body.path("records").asInt()).isEqualTo(5_010);
        assertThat(body.path("stored").asInt()).isEqualTo(4_993);
        int throttled = 0;
        for (JsonNode failed : body.path("failed")) {
            if (failed.path("reason").asText().equals("throttled")) {
                for (int n = failed.path("first").asInt(); n <= failed.path("last").asInt(); n++) {
                    assertThat(gateway.stored()).doesNotContain("r" + (n - 1));
                    throttled++;
                }
            }
        }
        assertThat(throttled).isEqualTo(7);
        JsonNode rest = body.path("failed").path(body.path("failed").size() - 1);
        assertThat(rest.toString())
                .isEqualTo("{\"first\":5001,\"last\":5010,\"reason\":\"not-tried\"}");
        assertThat(gateway.stored()).hasSize(4_993);
    }

    @Test
    void tellsThatTheStreamIsGone() throws Exception {
        gateway = RunningGateway.start(folder);
        gateway.kinesis()
                .faults()
                .next(
                        "PutRecords",
                        1,
                        Fault.refuse(400, "ResourceNotFoundException", "no such stream"));

        HttpResponse<String> response = send(ORDERS, "text/plain", "x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(RunningGateway.JSON.readTree(response.body()).path("failed").toString())
                .isEqualTo("[{\"first\":1,\"last\":1,\"reason\":\"refused\"}]");
    }

    @Test
    void nobodyPutsWithoutAKeyOrWhereItMayNot() throws Exception {
        gateway = RunningGateway.start(folder);

        HttpResponse<String> stranger =
                client.send(
                        request(ORDERS).POST(BodyPublishers.ofString("x")).build(),
                        BodyHandlers.ofString());
        assertError(401, "MissingKey", stranger);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertError(401, "InvalidKey", send("Bearer guessed-0123456789", ORDERS, LINES, "x"));
        assertError(401, "InvalidKey", send("Bearer " + RunningGateway.SECRET, ORDERS, LINES, "x"));
        String beacons = "Bearer beacons-0123456789";
        assertError(403, "AccessDenied", send(beacons, "/streams/orders-in", LINES, "x"));
        assertError(403, "AccessDenied", send(beacons, "/streams/nosuch", LINES, "x"));
        assertError(404, "UnknownStream", send("/deliverystreams/nosuch", LINES, "x"));
        assertError(404, "UnknownStream", send("/streams/orders", LINES, "x"));
        assertError(404, "UnknownPath", send("/hooks", LINES, "x"));
        assertThat(gateway.stored()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithARequestAndPutsNothingOfIt() throws Exception {
        gateway =
                RunningGateway.start(
                        folder, "gateway.max-body-size=1100 kb", "gateway.http.max-records=10");

        assertError(400, "MalformedBody", send(ORDERS, "application/json", "[1, {]"));
        assertError(400, "NoRecords", send(ORDERS, "application/json", "[]"));
        assertError(400, "BadParameter", send(ORDERS + "?key=a", LINES, "x"));
        assertError(400, "BadPartitionKey", send(ORDERS + "?partition-key-field=a", LINES, "{}"));
        assertError(413, "TooManyRecords", send(ORDERS, LINES, lines(11)));
        assertError(413, "RequestEntityTooLarge", send(ORDERS, LINES, "x".repeat(1_200_000)));
        HttpResponse<String> large = send(ORDERS, LINES, "small\n" + "x".repeat(1_024_001));
        assertError(413, "RecordTooLarge", large);
        assertThat(large.body()).contains("bytes: 2.");
        assertError(415, "UnsupportedContentType", send(ORDERS, "multipart/form-data", "x"));
        HttpResponse<String> got =
                client.send(
                        request(ORDERS).header("Authorization", BEARER).GET().build(),
                        BodyHandlers.ofString());
        assertError(405, "MethodNotAllowed", got);
        assertError(400, "NoRecords", sendInChunks(new byte[0]));
        assertError(
                413,
                "RequestEntityTooLarge",
                sendInChunks("x\n".repeat(600_000).getBytes(StandardCharsets.UTF_8)));
        assertThat(gateway.stored()).isEmpty();
        good(send(ORDERS, LINES, "x".repeat(1_024_000)));
    }

    @Test
    void holdsAClientToItsRateAndSaysWhenToComeBack() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.client.max-bytes-per-second=1 kb");
        good(send(ORDERS, "text/plain", "x".repeat(1024 * 1024 / 2)));

        HttpResponse<String> second = send(ORDERS, "text/plain", "y");

        assertError(429, "TooManyRequests", second);
        assertThat(Long.parseLong(second.headers().firstValue("Retry-After").orElse("0")))
                .as("512 seconds' worth is owed")
                .isBetween(100L, 512L);
        assertThat(metrics()).contains("throttled_records_total{delivery_stream=\"orders\"} 1");
    }

    @Test
    void pagesOfAllowedOriginsSendBeacons() throws Exception {
        gateway =
                RunningGateway.start(
                        folder,
                        "gateway.http.anonymous-client=beacons",
                        "gateway.http.cors.allowed-origins=https://shop.example");
        HttpRequest.Builder preflight =
                request(ORDERS)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type")
                        .method("OPTIONS", BodyPublishers.noBody());

        HttpResponse<String> allowed =
                client.send(
                        preflight.copy().header("Origin", "https://shop.example").build(),
                        BodyHandlers.ofString());
        HttpResponse<String> other =
                client.send(
                        preflight.copy().header("Origin", "https://evil.example").build(),
                        BodyHandlers.ofString());
        HttpResponse<String> beacon =
                client.send(
                        request(ORDERS)
                                .header("Origin", "https://shop.example")
                                .header("Content-Type", "text/plain;charset=UTF-8")
                                .POST(BodyPublishers.ofString("click"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://shop.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Content-Type");
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        good(beacon);
        assertThat(beacon.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://shop.example");
        assertThat(gateway.stored()).containsExactly("click");
    }

    @Test
    void theAnonymousClientHasToBeKnownAndConfined() {
        assertThatThrownBy(
                        () -> RunningGateway.start(folder, "gateway.http.anonymous-client=nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nobody', which is no profile");
        assertThatThrownBy(
                        () -> RunningGateway.start(folder, "gateway.http.anonymous-client=hooks"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'hooks', whose profile has no hydrant_streams");
    }

    @Test
    void streamsWithoutADeliveryAreThereToo() throws Exception {
        String other = RunningGateway.ARN.replace("orders-in", "clicks");
        gateway = RunningGateway.start(folder, "gateway.kinesis.streams=" + other);

        HttpResponse<String> response = send("/streams/clicks", "text/plain", "x");

        assertThat(response.statusCode()).as("the stream is not there").isEqualTo(500);
        assertThat(metrics())
                .contains("failed_records_total{delivery_stream=\"streams/clicks\"} 1");
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "r" + i + "\n")
                .collect(Collectors.joining());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.endpoint() + path));
    }

    private HttpResponse<String> send(String path, String contentType, String body)
            throws IOException, InterruptedException {
        return send(BEARER, path, contentType, body);
    }

    private HttpResponse<String> send(
            String authorization, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> sendInChunks(byte[] body)
            throws IOException, InterruptedException {
        return client.send(
                request(ORDERS)
                        .header("Authorization", BEARER)
                        .header("Content-Type", LINES)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode good(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RunningGateway.JSON.readTree(response.body());
    }

    private static void assertError(int status, String error, HttpResponse<String> response)
            throws IOException {
        assertThat(RunningGateway.JSON.readTree(response.body()).path("error").asText())
                .as(response.body())
                .isEqualTo(error);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    private String metrics() throws IOException {
        try (InputStream in = gateway.adminEndpoint().resolve("/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
