package io.hydrant.jobs.gateway;

import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.harness.Conditions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole gateway, on its own socket, in front of a Kinesis in memory. */
@Timeout(120)
class GatewayTest {

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

        JsonNode one = json(gateway.call("PutRecord", RunningGateway.record("one")));
        JsonNode batch =
                json(gateway.call("PutRecordBatch", RunningGateway.batch(numbered("r", 500))));

        assertThat(one.path("RecordId").asText()).isNotEmpty();
        assertThat(batch.path("FailedPutCount").asInt(-1)).isZero();
        assertThat(batch.path("RequestResponses"))
                .hasSize(500)
                .allMatch(response -> response.hasNonNull("RecordId"))
                .extracting(response -> response.path("RecordId").asText())
                .doesNotHaveDuplicates()
                .doesNotContain(one.path("RecordId").asText());
        assertThat(gateway.stored())
                .hasSize(501)
                .contains("one")
                .containsAll(numbered("r", 500))
                .doesNotHaveDuplicates();
        assertThat(gateway.kinesis().requests().count("PutRecords"))
                .as("500 records share calls and aggregates")
                .isLessThan(10);
    }

    @Test
    void tellsRecordByRecordWhatKinesisDidNotTake() throws Exception {
        gateway =
                RunningGateway.start(
                        folder,
                        "gateway.put.patience=0 s",
                        "gateway.aggregation.enabled=false",
                        "gateway.producer-identity.enabled=false");
        gateway.kinesis().rejectRecords(7, "ProvisionedThroughputExceededException", key -> true);

        JsonNode batch =
                json(gateway.call("PutRecordBatch", RunningGateway.batch(numbered("r", 20))));

        assertThat(batch.path("FailedPutCount").asInt()).isEqualTo(7);
        List<String> stored = gateway.stored();
        assertThat(stored).hasSize(13);
        for (int i = 0; i < 20; i++) {
            JsonNode response = batch.path("RequestResponses").path(i);
            if (stored.contains("r" + i)) {
                assertThat(response.path("RecordId").asText()).isNotEmpty();
                assertThat(response.has("ErrorCode")).isFalse();
            } else {
                assertThat(response.path("ErrorCode").asText())
                        .isEqualTo("ServiceUnavailableException");
                assertThat(response.path("ErrorMessage").asText()).isEqualTo("Slow down.");
                assertThat(response.has("RecordId")).isFalse();
            }
        }
    }

    @Test
    void putsAgainItselfWhatKinesisDoesNotTakeAtOnce() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.put.patience=60 s");
        gateway.kinesis().rejectRecords(2, "InternalFailure", key -> true);
        gateway.kinesis().faults().next("PutRecords", 1, Fault.dropRequest());

        JsonNode batch =
                json(gateway.call("PutRecordBatch", RunningGateway.batch(numbered("r", 20))));

        assertThat(batch.path("FailedPutCount").asInt(-1)).isZero();
        assertThat(gateway.stored()).containsExactlyInAnyOrderElementsOf(numbered("r", 20));
    }

    @Test
    void throttlesAsFirehoseDoes() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.client.max-records-per-second=1");

        JsonNode batch =
                json(gateway.call("PutRecordBatch", RunningGateway.batch(numbered("r", 500))));
        int failed = batch.path("FailedPutCount").asInt();

        assertThat(failed).isBetween(400, 499);
        assertThat(gateway.stored()).hasSize(500 - failed);
        SignedHttpClient.Answer answer = null;
        while (answer == null || answer.status() == 200) {
            answer = gateway.call("PutRecord", RunningGateway.record("one"));
        }
        assertThat(answer.status()).isEqualTo(503);
        assertThat(type(answer)).isEqualTo("ServiceUnavailableException");
    }

    @Test
    void saysNoAsFirehoseDoes() throws Exception {
        gateway = RunningGateway.start(folder);
        ObjectNode other = RunningGateway.record("x").put("DeliveryStreamName", "nosuch");

        assertError(gateway.call("PutRecord", other), 400, "ResourceNotFoundException");
        assertError(
                gateway.call("PutRecordBatch", RunningGateway.batch(numbered("r", 501))),
                400,
                "ValidationException");
        assertError(gateway.call("UpdateDestination", other), 400, "UnknownOperationException");
        try (SignedHttpClient wrongKey = gateway.client(RunningGateway.KEY_ID, "guessed");
                SignedHttpClient stranger = gateway.client("AKIDSTRANGER", "guessed");
                SignedHttpClient elsewhere = gateway.client("AKIDELSE", "else")) {
            JsonNode record = RunningGateway.record("x");
            assertError(
                    RunningGateway.call(wrongKey, "PutRecord", record),
                    400,
                    "InvalidSignatureException");
            assertError(
                    RunningGateway.call(stranger, "PutRecord", record),
                    400,
                    "UnrecognizedClientException");
            assertError(
                    RunningGateway.call(elsewhere, "PutRecord", record),
                    400,
                    "AccessDeniedException");
            assertThat(
                            json(RunningGateway.call(
                                            elsewhere,
                                            "ListDeliveryStreams",
                                            RunningGateway.JSON.createObjectNode()))
                                    .path("DeliveryStreamNames"))
                    .isEmpty();
        }
        assertThat(gateway.stored()).isEmpty();
    }

    @Test
    void describesAndListsWhatItServes() throws Exception {
        gateway = RunningGateway.start(folder);

        JsonNode description =
                json(gateway.call(
                                "DescribeDeliveryStream",
                                RunningGateway.JSON
                                        .createObjectNode()
                                        .put("DeliveryStreamName", "orders")))
                        .path("DeliveryStreamDescription");
        JsonNode list =
                json(gateway.call("ListDeliveryStreams", RunningGateway.JSON.createObjectNode()));

        assertThat(description.path("DeliveryStreamStatus").asText()).isEqualTo("ACTIVE");
        assertThat(description.path("DeliveryStreamType").asText()).isEqualTo("DirectPut");
        assertThat(description.path("DeliveryStreamARN").asText())
                .isEqualTo("arn:aws:firehose:us-east-1:000000000000:deliverystream/orders");
        assertThat(list.path("DeliveryStreamNames").path(0).asText()).isEqualTo("orders");
        assertThat(list.path("HasMoreDeliveryStreams").asBoolean(true)).isFalse();
        for (String type : List.of("KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource")) {
            assertThat(
                            json(gateway.call("ListDeliveryStreams", ofType(type)))
                                    .path("DeliveryStreamNames"))
                    .isEmpty();
        }
        assertError(
                gateway.call("ListDeliveryStreams", ofType("Direct")), 400, "ValidationException");
        assertError(
                gateway.call(
                        "DescribeDeliveryStream",
                        RunningGateway.JSON
                                .createObjectNode()
                                .put("DeliveryStreamName", "orders")
                                .put("Limit", 0)),
                400,
                "ValidationException");
    }

    private static JsonNode ofType(String type) {
        return RunningGateway.JSON.createObjectNode().put("DeliveryStreamType", type);
    }

    @Test
    void passesKinesisOwnPutsThroughInCborAndTellsItsErrors() throws Exception {
        gateway = RunningGateway.start(folder);
        gateway.kinesis().rejectRecords(1, "ProvisionedThroughputExceededException", "hot"::equals);
        try (KinesisClient kinesis = gateway.kinesisThroughGateway()) {
            assertThat(
                            kinesis.putRecord(
                                            put ->
                                                    put.streamName(RunningGateway.STREAM)
                                                            .partitionKey("k")
                                                            .data(SdkBytes.fromUtf8String("plain")))
                                    .sequenceNumber())
                    .isNotEmpty();
            PutRecordsResponse response =
                    kinesis.putRecords(
                            put ->
                                    put.streamARN(RunningGateway.ARN)
                                            .records(entry("cool"), entry("hot")));

            assertThat(response.failedRecordCount()).isEqualTo(1);
            assertThat(response.records().get(0).sequenceNumber()).isNotEmpty();
            assertThat(response.records().get(1).errorCode())
                    .isEqualTo("ProvisionedThroughputExceededException");
            assertThatThrownBy(
                            () ->
                                    kinesis.putRecords(
                                            put -> put.streamName("nosuch").records(entry("a"))))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("nosuch");
            assertThatThrownBy(() -> kinesis.putRecords(put -> put.records(entry("a"))))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("StreamName or StreamARN");
            assertThatThrownBy(() -> kinesis.listStreams())
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("does not pass ListStreams through");
        }
        assertThat(gateway.stored()).containsExactlyInAnyOrder("plain", "cool");
    }

    @Test
    void tellsProducersOfTheStreamsThatTheyMayUse() throws Exception {
        gateway = RunningGateway.start(folder);
        try (KinesisClient kinesis = gateway.kinesisThroughGateway();
                KinesisClient elsewhere = gateway.kinesisThroughGateway("AKIDELSE", "else")) {
            ListShardsResponse first =
                    kinesis.listShards(ask -> ask.streamName(RunningGateway.STREAM).maxResults(2));
            String token = first.nextToken();
            ListShardsResponse second = kinesis.listShards(ask -> ask.nextToken(token));
            assertThat(first.shards()).hasSize(2).doesNotContainAnyElementsOf(second.shards());
            assertThat(second.shards()).hasSize(1);
            assertThat(second.nextToken()).isNull();
            assertThat(
                            kinesis.describeStreamSummary(ask -> ask.streamARN(RunningGateway.ARN))
                                    .streamDescriptionSummary()
                                    .openShardCount())
                    .isEqualTo(3);
            assertThat(
                            kinesis.describeStream(ask -> ask.streamName(RunningGateway.STREAM))
                                    .streamDescription()
                                    .shards())
                    .hasSize(3);

            assertThatThrownBy(() -> elsewhere.listShards(ask -> ask.nextToken(token)))
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("may not use the Kinesis stream");
            assertThatThrownBy(
                            () ->
                                    kinesis.listShards(
                                            ask ->
                                                    ask.nextToken(
                                                            token.substring(
                                                                    token.indexOf('|') + 1))))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("none that this gateway gave");
            assertThatThrownBy(
                            () ->
                                    elsewhere.describeStreamSummary(
                                            ask -> ask.streamName(RunningGateway.STREAM)))
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("may not use the Kinesis stream");
        }
    }

    @Test
    void turnsAwayBodiesThatAreTooLargeAndRequestsThatAreNone() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.max-body-size=10 kb");

        SignedHttpClient.Answer large =
                gateway.call("PutRecord", RunningGateway.record("x".repeat(20_000)));
        assertError(large, 413, "RequestEntityTooLargeException");
        assertThat(talk("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 404 ");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("The header X-Amz-Target is missing");
        assertThat(talk("POST / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 411 ");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("'gzip, chunked'");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("UnknownOperationException");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n"
                                        + "X-Amz-Target: Firehose_20150804.PutRecord\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("MissingAuthenticationTokenException");
        assertThat(talk("\u0001\u0002 nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(json(gateway.call("PutRecord", RunningGateway.record("small"))).has("RecordId"))
                .isTrue();
    }

    @Test
    void cutsOffSlowClientsHoweverTheyTrickle() throws Exception {
        gateway =
                RunningGateway.start(
                        folder, "gateway.request-timeout=300 ms", "gateway.idle-timeout=300 ms");
        URI endpoint = gateway.endpoint();
        for (String begin :
                List.of(
                        "",
                        "POST / HT",
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n")) {
            try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(begin.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Conditions.until(
                        Duration.ofSeconds(60),
                        "the gateway to hang up",
                        () -> {
                            try {
                                out.write('x');
                                out.flush();
                                return false;
                            } catch (IOException e) {
                                return true;
                            }
                        });
            }
        }
        assertThat(metrics()).contains("closed_connections_total{reason=\"slow\"}");
    }

    @Test
    void closesConnectionsBeyondTheirNumber() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.max-connections=1");
        URI endpoint = gateway.endpoint();
        try (Socket first = new Socket(endpoint.getHost(), endpoint.getPort())) {
            Conditions.until(
                    Duration.ofSeconds(60),
                    "the first connection to count",
                    () -> metrics().contains("hydrant_gateway_connections 1"));
            try (Socket second = new Socket(endpoint.getHost(), endpoint.getPort())) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(first.isClosed()).isFalse();
        }
    }

    @Test
    void turnsAwayBodiesForWhichThereIsNoMemory() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.max-in-flight-size=1 kb");

        assertError(
                gateway.call("PutRecord", RunningGateway.record("x".repeat(2_000))),
                503,
                "ServiceUnavailableException");
        assertThat(json(gateway.call("PutRecord", RunningGateway.record("small"))).has("RecordId"))
                .isTrue();
        // The client has its answer a little before the gateway has the memory back.
        Conditions.until(
                Duration.ofSeconds(60),
                "the memory to be given back",
                () -> metrics().contains("hydrant_gateway_in_flight_bytes 0"));
    }

    @Test
    void answersWhatIsUnderWayBeforeItEnds() throws Exception {
        gateway = RunningGateway.start(folder, "gateway.put.patience=300 s");
        AtomicBoolean isThrottled = new AtomicBoolean(true);
        gateway.kinesis()
                .rejectRecords(
                        Integer.MAX_VALUE,
                        "ProvisionedThroughputExceededException",
                        key -> isThrottled.get());
        CompletableFuture<SignedHttpClient.Answer> underWay =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return gateway.call("PutRecord", RunningGateway.record("late"));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Conditions.until(
                Duration.ofSeconds(60),
                "the record to be under way",
                () -> metrics().contains("pending_records{delivery_stream=\"orders\"} 1"));

        URI endpoint = gateway.endpoint();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::stop);
        Conditions.until(
                Duration.ofSeconds(60),
                "the gateway to take no more connections",
                () -> {
                    try (Socket another = new Socket(endpoint.getHost(), endpoint.getPort())) {
                        return false;
                    } catch (ConnectException e) {
                        return true;
                    }
                });
        assertThat(underWay).isNotDone();
        isThrottled.set(false);

        assertThat(json(underWay.join()).path("RecordId").asText()).isNotEmpty();
        stopped.join();
        assertThat(gateway.stored()).containsExactly("late");
        assertThatThrownBy(() -> gateway.call("PutRecord", RunningGateway.record("later")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("RecordId");
    }

    @Test
    void tellsWhatItCouldNotPutWhenItEnds() throws Exception {
        gateway =
                RunningGateway.start(
                        folder, "gateway.put.patience=300 s", "gateway.stop-timeout=100 ms");
        gateway.kinesis()
                .rejectRecords(
                        Integer.MAX_VALUE, "ProvisionedThroughputExceededException", key -> true);
        CompletableFuture<SignedHttpClient.Answer> underWay =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return gateway.call(
                                        "PutRecordBatch", RunningGateway.batch(List.of("a", "b")));
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Conditions.until(
                Duration.ofSeconds(60),
                "the records to be under way",
                () -> metrics().contains("pending_records{delivery_stream=\"orders\"} 2"));

        gateway.stop();

        assertThat(json(underWay.join()).path("FailedPutCount").asInt()).isEqualTo(2);
        assertThat(gateway.stored()).isEmpty();
    }

    @Test
    void showsHealthAndWhatItCounted() throws Exception {
        gateway = RunningGateway.start(folder);
        gateway.call("PutRecordBatch", RunningGateway.batch(List.of("a", "bcd")));
        gateway.call("PutRecord", RunningGateway.record("x").put("DeliveryStreamName", "nosuch"));

        assertThat(admin("/health")).contains("ok");
        assertThat(admin("/ready")).contains("ready");
        assertThat(metrics())
                .contains("hydrant_gateway_incoming_bytes_total{delivery_stream=\"orders\"} 4")
                .contains(
                        "hydrant_gateway_acknowledged_records_total{delivery_stream=\"orders\"} 2")
                .contains(
                        "hydrant_gateway_requests_total{action=\"firehose.PutRecord\",client=\"shop\","
                                + "code=\"ResourceNotFoundException\"} 1")
                .contains(
                        "hydrant_gateway_request_seconds_count{action=\"firehose.PutRecordBatch\"} 1")
                .doesNotContain("nosuch");
    }

    private static PutRecordsRequestEntry entry(String text) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(text)
                .data(SdkBytes.fromUtf8String(text))
                .build();
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private static JsonNode json(SignedHttpClient.Answer answer) throws IOException {
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return RunningGateway.JSON.readTree(answer.body());
    }

    private static void assertError(SignedHttpClient.Answer answer, int status, String type)
            throws IOException {
        assertThat(type(answer)).isEqualTo(type);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
        assertThat(answer.header("x-amzn-RequestId")).isNotEmpty();
        // By which SDKs set a wrong clock right.
        assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.header("Date"))))
                .isBeforeOrEqualTo(Instant.now());
    }

    private static String type(SignedHttpClient.Answer answer) throws IOException {
        return RunningGateway.JSON.readTree(answer.body()).path("__type").asText();
    }

    private String talk(String request) throws IOException {
        URI endpoint = gateway.endpoint();
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String metrics() throws IOException {
        return admin("/metrics");
    }

    private String admin(String path) throws IOException {
        try (InputStream in = gateway.adminEndpoint().resolve(path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
