package io.hydrant.jobs.gateway;

import io.hydrant.localstack.harness.Conditions;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import static io.hydrant.jobs.gateway.RawHttp2.CANCEL;
import static io.hydrant.jobs.gateway.RawHttp2.CONTINUATION;
import static io.hydrant.jobs.gateway.RawHttp2.DATA;
import static io.hydrant.jobs.gateway.RawHttp2.END_HEADERS;
import static io.hydrant.jobs.gateway.RawHttp2.END_STREAM;
import static io.hydrant.jobs.gateway.RawHttp2.ENHANCE_YOUR_CALM;
import static io.hydrant.jobs.gateway.RawHttp2.GO_AWAY;
import static io.hydrant.jobs.gateway.RawHttp2.HEADERS;
import static io.hydrant.jobs.gateway.RawHttp2.NO_ERROR;
import static io.hydrant.jobs.gateway.RawHttp2.PING;
import static io.hydrant.jobs.gateway.RawHttp2.PROTOCOL_ERROR;
import static io.hydrant.jobs.gateway.RawHttp2.REFUSED_STREAM;
import static io.hydrant.jobs.gateway.RawHttp2.RESET;
import static io.hydrant.jobs.gateway.RawHttp2.SETTINGS;
import static io.hydrant.jobs.gateway.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gateway over HTTP/2: by AWS' clients, which only get its endpoint, and by ruder ones. */
@Timeout(120)
class GatewayHttp2Test {

    private static final String BEARER = "Bearer " + RunningGateway.HTTP_KEY;

    /** Of all clients, since each waits for two seconds when it closes its own. */
    private static final EventLoopGroup THREADS = new NioEventLoopGroup(2);

    @TempDir private Path folder;
    private RunningGateway gateway;

    private void start(String... settings) throws IOException {
        gateway = RunningGateway.start(folder, settings);
    }

    @AfterAll
    static void stopThreads() {
        THREADS.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asynchronousClientsOfAwsPutUnchanged(boolean isTls) throws Exception {
        SelfSigned own = SelfSigned.make(folder);
        List<String> settings = new ArrayList<>(List.of("gateway.kinesis.max-in-flight=200"));
        settings.addAll(isTls ? List.of(own.settings()) : List.of());
        start(settings.toArray(String[]::new));
        List<String> texts = IntStream.range(0, 120).mapToObj(i -> "k" + i).toList();
        try (KinesisAsyncClient kinesis = kinesis(own)) {
            List<CompletableFuture<PutRecordResponse>> puts =
                    texts.stream()
                            .map(
                                    text ->
                                            kinesis.putRecord(
                                                    put ->
                                                            put.streamName(RunningGateway.STREAM)
                                                                    .partitionKey(text)
                                                                    .data(bytes(text))))
                            .toList();
            assertThat(puts).allMatch(put -> !put.join().sequenceNumber().isEmpty());
            assertThatThrownBy(
                            () ->
                                    kinesis.putRecord(
                                                    put ->
                                                            put.streamName("nosuch")
                                                                    .partitionKey("k")
                                                                    .data(bytes("x")))
                                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("nosuch")
                    .hasCauseInstanceOf(ResourceNotFoundException.class);
        }
        assertThat(gateway.stored()).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(metrics())
                .contains("opened_connections_total{protocol=\"h2\"}")
                .doesNotContain("opened_connections_total{protocol=\"http/1.1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP1_1", "HTTP2"})
    void theAsynchronousClientOfFirehosePutsByEitherVersion(Protocol protocol) throws Exception {
        SelfSigned own = SelfSigned.make(folder);
        start(own.settings());
        var trust = own.trust();
        try (FirehoseAsyncClient firehose =
                FirehoseAsyncClient.builder()
                        .endpointOverride(gateway.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials())
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        // Of all puts at once some wait long on a busy machine.
                                        .connectionAcquisitionTimeout(Duration.ofMinutes(1))
                                        .eventLoopGroup(SdkEventLoopGroup.create(THREADS))
                                        .protocol(protocol)
                                        .tlsTrustManagersProvider(() -> trust))
                        .build()) {
            PutRecordBatchResponse batch =
                    firehose.putRecordBatch(
                                    put ->
                                            put.deliveryStreamName("orders")
                                                    .records(record("a"), record("b")))
                            .join();

            assertThat(batch.failedPutCount()).isZero();
            assertThat(
                            firehose.describeDeliveryStream(ask -> ask.deliveryStreamName("orders"))
                                    .join()
                                    .deliveryStreamDescription()
                                    .deliveryStreamName())
                    .isEqualTo("orders");
        }
        assertThat(gateway.stored()).containsExactlyInAnyOrder("a", "b");
        assertThat(metrics())
                .contains(
                        protocol == Protocol.HTTP2
                                ? "opened_connections_total{protocol=\"h2\"}"
                                : "opened_connections_total{protocol=\"http/1.1\"}");
    }

    @Test
    void whoHasItOffSpeaksTheOldVersionAlone() throws Exception {
        start("gateway.http2.max-concurrent-streams=0");
        URI endpoint = gateway.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(
                            new String(
                                    socket.getInputStream().readNBytes(10),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 4");
        }
    }

    @Test
    void requestsOfOneConnectionAreEachOfTheirOwn() throws Exception {
        start("gateway.max-body-size=10 kb");
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.request(1, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.request(3, END_STREAM, "/nosuch", "authorization", BEARER);
            raw.flush();
            assertThat(raw.answer(3).status()).isEqualTo(404);
            raw.request(
                    5,
                    0,
                    "/deliverystreams/orders",
                    "authorization",
                    BEARER,
                    "content-length",
                    "20000");
            raw.send(DATA, END_STREAM, 5, new byte[20_000 - 16_384]);
            raw.flush();
            // Netty's codec finds that the body has another size than it should.
            RawHttp2.Frame reset = raw.await(RESET);
            assertThat(reset.stream()).isEqualTo(5);
            assertThat(reset.errorCode()).isEqualTo(PROTOCOL_ERROR);
            raw.request(7, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.send(DATA, 0, 7, new byte[8_000]);
            raw.send(DATA, 0, 7, new byte[8_000]);
            raw.send(DATA, END_STREAM, 7, new byte[8_000]);
            raw.flush();
            assertThat(raw.answer(7).status()).isEqualTo(413);
            raw.request(9, END_STREAM, "/deliverystreams/orders");
            raw.flush();
            assertThat(raw.answer(9).status()).isEqualTo(401);

            raw.send(DATA, END_STREAM, 1, "late".getBytes(StandardCharsets.UTF_8));
            raw.flush();
            RawHttp2.Said last = raw.answer(1);
            assertThat(last.status()).as(last.body()).isEqualTo(200);
            assertThat(last.headers().contains("connection")).isFalse();
        }
        assertThat(gateway.stored()).containsExactly("late");
    }

    @Test
    void whatIsNoRequestOfHttp2IsNone() throws Exception {
        start();
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.request(1, 0, "/deliverystreams/orders", "transfer-encoding", "chunked");
            raw.flush();
            assertThat(raw.await(RESET).errorCode()).isEqualTo(PROTOCOL_ERROR);
            raw.request(3, END_STREAM, "/", "host", "another.example");
            raw.flush();
            RawHttp2.Frame severalHosts = raw.await(RESET);
            assertThat(severalHosts.stream()).isEqualTo(3);
            assertThat(severalHosts.errorCode()).isEqualTo(PROTOCOL_ERROR);
            raw.request(5, END_STREAM, "/", "Upper", "x");
            raw.flush();
            assertThat(raw.await(RESET).errorCode()).isEqualTo(PROTOCOL_ERROR);
            raw.request(7, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.send(DATA, END_STREAM, 7, (byte) 'a');
            raw.flush();
            assertThat(raw.answer(7).status()).isEqualTo(200);
        }
        assertThat(metrics()).contains("reset_streams_total{reason=\"malformed\"}");
    }

    @Test
    void headersBeyondTheirSizeAreTurnedAway() throws Exception {
        start();
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            byte[] block =
                    raw.block(
                            1,
                            new DefaultHttp2Headers()
                                    .method("POST")
                                    .scheme("http")
                                    .authority("a")
                                    .path("/")
                                    .add("x-long", "\u00e4".repeat(9_000))
                                    .add("x-longer", "\u00e4".repeat(9_000)));
            int half = 16_000;
            raw.send(HEADERS, END_STREAM, 1, Arrays.copyOf(block, half));
            raw.send(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(block, half, block.length));
            raw.flush();

            assertThat(raw.answer(1).status()).isEqualTo(431);
        }
    }

    @Test
    void streamsThatAreOpenedToBeResetEndTheConnection() throws Exception {
        start();
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            for (int i = 0; i < 250; i++) {
                int stream = 2 * i + 1;
                raw.request(stream, 0, "/deliverystreams/orders", "authorization", BEARER);
                raw.send(RESET, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL);
            }
            raw.flushUnheard();

            assertThat(raw.await(GO_AWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
        Conditions.until(
                Duration.ofSeconds(60),
                "the memory to be given back",
                () -> metrics().contains("hydrant_gateway_in_flight_bytes 0"));
        assertThat(metrics()).contains("closed_connections_total{reason=\"enhance_your_calm\"} 1");
    }

    @Test
    void headersInEndlessPiecesEndTheConnection() throws Exception {
        start();
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.send(HEADERS, END_STREAM, 1);
            for (int i = 0; i < 20; i++) {
                raw.send(CONTINUATION, 0, 1);
            }
            raw.flushUnheard();

            assertThat(raw.await(GO_AWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, SETTINGS, WINDOW_UPDATE})
    void framesThatAskForNothingEndTheConnection(int type) throws Exception {
        start();
        byte[] payload =
                switch (type) {
                    case PING -> new byte[8];
                    case WINDOW_UPDATE -> new byte[] {0, 0, 0, 1};
                    default -> new byte[0];
                };
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            for (int i = 0; i < 1_100; i++) {
                raw.send(type, 0, 0, payload);
            }
            raw.flushUnheard();

            assertThat(raw.await(GO_AWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void emptyDataWithoutEndEndsTheConnection() throws Exception {
        start();
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.request(1, 0, "/deliverystreams/orders", "authorization", BEARER);
            for (int i = 0; i < 20; i++) {
                raw.send(DATA, 0, 1);
            }
            raw.flushUnheard();

            assertThat(raw.await(GO_AWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void moreStreamsThanThereMayBeAreRefused() throws Exception {
        start("gateway.http2.max-concurrent-streams=2");
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            for (int stream : new int[] {1, 3, 5}) {
                raw.request(stream, 0, "/deliverystreams/orders", "authorization", BEARER);
            }
            raw.flush();
            RawHttp2.Frame refused = raw.await(RESET);
            assertThat(refused.stream()).isEqualTo(5);
            assertThat(refused.errorCode()).isEqualTo(REFUSED_STREAM);

            raw.send(DATA, END_STREAM, 1, (byte) 'a');
            raw.flush();
            assertThat(raw.answer(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowStreamEndsHoweverItTricklesAndTheOthersGoOn() throws Exception {
        start("gateway.request-timeout=300 ms");
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.request(1, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.flush();
            AtomicBoolean isReset = new AtomicBoolean();
            CompletableFuture<RawHttp2.Frame> reset =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return raw.await(RESET);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                } finally {
                                    isReset.set(true);
                                }
                            });
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the stream to be reset",
                    () -> {
                        if (!isReset.get()) {
                            raw.send(DATA, 0, 1, (byte) 'x');
                            raw.flush();
                        }
                        return isReset.get();
                    });
            assertThat(reset.join().errorCode()).isEqualTo(CANCEL);

            raw.request(3, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.send(DATA, END_STREAM, 3, (byte) 'a');
            raw.flush();
            assertThat(raw.answer(3).status()).isEqualTo(200);
        }
        assertThat(gateway.stored()).containsExactly("a");
        assertThat(metrics()).contains("reset_streams_total{reason=\"slow\"} 1");
    }

    @Test
    void anAnswerThatIsNotTakenEndsItsStream() throws Exception {
        start("gateway.request-timeout=300 ms");
        // No window at all: the answer's body cannot go.
        byte[] noWindow = {0, 4, 0, 0, 0, 0};
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint(), noWindow)) {
            raw.request(1, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.send(DATA, END_STREAM, 1, (byte) 'a');
            raw.flush();

            assertThat(raw.await(RESET).errorCode()).isEqualTo(CANCEL);
        }
    }

    @Test
    void aConnectionWithoutRequestsEndsHoweverItPings() throws Exception {
        start("gateway.idle-timeout=300 ms");
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            CompletableFuture<RawHttp2.Frame> end =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return raw.await(GO_AWAY);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the gateway to say goodbye",
                    () -> {
                        raw.send(PING, 0, 0, new byte[8]);
                        raw.flushUnheard();
                        return end.isDone();
                    });
            assertThat(end.join().errorCode()).isEqualTo(NO_ERROR);
        }
        assertThat(metrics()).contains("closed_connections_total{reason=\"idle\"} 1");
    }

    @Test
    void answersWhatIsUnderWayBeforeItEnds() throws Exception {
        start("gateway.put.patience=300 s");
        AtomicBoolean isThrottled = new AtomicBoolean(true);
        gateway.kinesis()
                .rejectRecords(
                        Integer.MAX_VALUE,
                        "ProvisionedThroughputExceededException",
                        key -> isThrottled.get());
        try (RawHttp2 raw = RawHttp2.connect(gateway.endpoint())) {
            raw.request(1, 0, "/deliverystreams/orders", "authorization", BEARER);
            raw.send(DATA, END_STREAM, 1, (byte) 'a');
            raw.flush();
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the record to be under way",
                    () -> metrics().contains("pending_records{delivery_stream=\"orders\"} 1"));

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop);
            RawHttp2.Frame goAway = raw.await(GO_AWAY);
            assertThat(goAway.errorCode()).isEqualTo(NO_ERROR);
            assertThat(goAway.payload()[3]).as("the last stream that counts").isEqualTo((byte) 1);
            raw.request(3, END_STREAM, "/deliverystreams/orders", "authorization", BEARER);
            raw.flush();
            isThrottled.set(false);

            RawHttp2.Said said = raw.answer(1);
            assertThat(said.status()).as(said.body()).isEqualTo(200);
            assertThat(raw.await(frame -> frame.stream() == 3)).isNull();
            stopped.join();
        }
        assertThat(gateway.stored()).containsExactly("a");
    }

    private KinesisAsyncClient kinesis(SelfSigned trusted) throws Exception {
        var trust = trusted.trust();
        return KinesisAsyncClient.builder()
                .endpointOverride(gateway.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                // Of all puts at once some wait long on a busy machine.
                                .connectionAcquisitionTimeout(Duration.ofMinutes(1))
                                .eventLoopGroup(SdkEventLoopGroup.create(THREADS))
                                .tlsTrustManagersProvider(() -> trust))
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(RunningGateway.KEY_ID, RunningGateway.SECRET));
    }

    private static Record record(String text) {
        return Record.builder().data(bytes(text)).build();
    }

    private static SdkBytes bytes(String text) {
        return SdkBytes.fromUtf8String(text);
    }

    private String metrics() throws IOException {
        try (InputStream in = gateway.adminEndpoint().resolve("/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
