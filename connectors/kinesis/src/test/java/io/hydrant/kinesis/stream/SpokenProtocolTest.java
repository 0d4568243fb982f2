package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

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
import java.time.Instant;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers of several kinds, asked what they know. */
class SpokenProtocolTest {

    private static final String CBOR = "application/x-amz-cbor-1.1";
    private static final String JSON = "application/x-amz-json-1.1";

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private Kind kind;

    /** What a server does with a request of that type. */
    private interface Kind {
        void answer(HttpExchange exchange, String contentType, String action) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
                    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
                    String action = target.substring(target.indexOf('.') + 1);
                    asked.add(action + ' ' + contentType);
                    exchange.getRequestBody().readAllBytes();
                    kind.answer(exchange, contentType, action);
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void speaksJsonToAServerThatFailsForWhatItCannotRead() {
        kind =
                (exchange, contentType, action) -> {
                    if (contentType.equals(CBOR)) {
                        answer(exchange, 500, "text/html", "<title>UnicodeDecodeError</title>");
                    } else {
                        answer(
                                exchange,
                                200,
                                JSON,
                                "{\"StreamNames\":[],\"HasMoreStreams\":false}");
                    }
                };

        assertThat(SpokenProtocol.in(config()).cbor()).isFalse();
        assertThat(SpokenProtocol.in(config()).cbor()).isFalse();
        assertThat(asked).containsExactly("ListStreams " + CBOR, "ListStreams " + JSON);
    }

    @Test
    void speaksJsonToAServerThatRefusesEverythingInJson() {
        kind =
                (exchange, contentType, action) ->
                        answer(
                                exchange,
                                400,
                                JSON,
                                "{\"__type\":\"UnrecognizedClientException\",\"message\":\"no\"}");

        assertThat(SpokenProtocol.in(config()).cbor()).isFalse();
    }

    @Test
    void speaksCborToAServerThatRefusesInCbor() {
        kind =
                (exchange, contentType, action) -> {
                    RandomCbor refusal = new RandomCbor(new Random(1));
                    boolean needsBreak = refusal.begin(CborInput.MAP, 1);
                    refusal.text("__type");
                    refusal.text("AccessDeniedException");
                    refusal.end(needsBreak);
                    answer(exchange, 400, CBOR, refusal.toByteArray());
                };

        assertThat(SpokenProtocol.in(config()).cbor()).isTrue();
        assertThat(asked).containsExactly("ListStreams " + CBOR);
    }

    @Test
    void speaksCborToAServerThatTellsTheTimeInIt() {
        kind = withAStreamOf(Instant.parse("2024-05-06T07:08:09Z"));

        assertThat(SpokenProtocol.in(config()).cbor()).isTrue();
        assertThat(asked).containsExactly("ListStreams " + CBOR, "DescribeStreamSummary " + CBOR);
    }

    /** As kinesalite does, which takes seconds for the milliseconds of CBOR. */
    @Test
    void speaksJsonToAServerWhoseTimesInCborAreOff() {
        kind = withAStreamOf(Instant.ofEpochMilli(1_715_000_000));

        assertThat(SpokenProtocol.in(config()).cbor()).isFalse();
    }

    @Test
    void asksAgainWhereNothingUsefulWasAnswered() {
        kind =
                (exchange, contentType, action) ->
                        answer(exchange, 503, "text/plain", "still starting");

        assertThat(SpokenProtocol.in(config()).cbor()).isNull();
        assertThat(SpokenProtocol.in(config()).cbor()).isNull();
        assertThat(asked).hasSize(4);
    }

    @Test
    void leavesTheChoiceToTheSdkWhereNobodyListens() {
        server.stop(0);

        assertThat(SpokenProtocol.in(config()).cbor()).isNull();
    }

    @Test
    void asksNothingWhereTheUserHasChosen() {
        assertThat(SpokenProtocol.in(config().withCbor(true)).cbor()).isTrue();
        assertThat(SpokenProtocol.in(config().withCbor(false)).cbor()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void takesHostsOfAwsForWhatTheyAre() {
        AwsClientConfig vpcEndpoint =
                config(URI.create("https://vpce-1.kinesis.eu-west-1.vpce.amazonaws.com"));

        assertThat(SpokenProtocol.in(vpcEndpoint)).isSameAs(vpcEndpoint);
    }

    private static Kind withAStreamOf(Instant made) {
        return (exchange, contentType, action) -> {
            if (contentType.equals(JSON)) {
                answer(exchange, 200, JSON, "{\"StreamNames\":[],\"HasMoreStreams\":false}");
                return;
            }
            RandomCbor answer = new RandomCbor(new Random(1));
            boolean answerBreak = answer.begin(CborInput.MAP, 1);
            if (action.equals("ListStreams")) {
                answer.text("StreamNames");
                boolean namesBreak = answer.begin(CborInput.ARRAY, 1);
                answer.text("flights");
                answer.end(namesBreak);
            } else {
                answer.text("StreamDescriptionSummary");
                boolean summaryBreak = answer.begin(CborInput.MAP, 1);
                answer.text("StreamCreationTimestamp");
                answer.time(made.toEpochMilli());
                answer.end(summaryBreak);
            }
            answer.end(answerBreak);
            answer(exchange, 200, CBOR, answer.toByteArray());
        };
    }

    private AwsClientConfig config() {
        return config(
                URI.create(
                        "http://"
                                + InetAddress.getLoopbackAddress().getHostAddress()
                                + ":"
                                + server.getAddress().getPort()));
    }

    private static AwsClientConfig config(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "eu-west-1", "any", "any");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        answer(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
