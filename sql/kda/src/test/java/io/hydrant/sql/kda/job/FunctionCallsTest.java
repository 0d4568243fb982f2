package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.lambda.FunctionArn;
import io.hydrant.lambda.HttpLambdaApi;
import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.lambda.FakeLambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.java.tuple.Tuple2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What functions are given in front of an application and behind it, and what is made of answers.
 */
class FunctionCallsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLICATION =
            "arn:aws:kinesisanalytics:us-east-1:111122223333:application/a";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/in";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:f";

    private final List<Integer> pauses = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private FakeLambda lambda;
    private FunctionInvoker invoker;

    @BeforeEach
    void start() throws IOException {
        lambda = FakeLambda.start();
        invoker =
                new FunctionInvoker(
                        FUNCTION,
                        new HttpLambdaApi(
                                FunctionArn.parse(FUNCTION),
                                Duration.ofMinutes(1),
                                AwsClientConfig.forEndpoint(
                                        lambda.endpoint(), "us-east-1", "anyone", "anything")),
                        this::pause);
    }

    @AfterEach
    void stop() {
        invoker.close();
        lambda.close();
    }

    @Test
    void givesAFunctionRecordsAsKinesisDataAnalyticsDid() throws Exception {
        deploy((id, data, answer) -> answer.put("result", "Dropped"));

        prepare("one");

        JsonNode event = events.get(0);
        assertThat(event.get("invocationId").asText()).isNotEmpty();
        assertThat(event.get("applicationArn").asText()).isEqualTo(APPLICATION);
        assertThat(event.get("streamArn").asText()).isEqualTo(STREAM);
        assertThat(event.get("records").get(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"recordId": "700-0", "kinesisStreamRecordMetadata": {
                                   "sequenceNumber": "700", "partitionKey": "key",
                                   "shardId": "shardId-000000000003",
                                   "approximateArrivalTimestamp": 1500},
                                 "data": "b25l"}
                                """));
    }

    @Test
    void takesWhatAFunctionSaysAboutEachRecord() throws Exception {
        deploy(
                (id, data, answer) -> {
                    switch (data) {
                        case "good" -> answer.put("result", "Ok").put("data", base64("better"));
                        case "drop" -> answer.put("result", "Dropped");
                        case "bad" -> answer.put("result", "ProcessingFailed");
                        case "odd" -> answer.put("result", "Maybe");
                        case "bare" -> answer.put("result", "Ok");
                        default -> answer.put("recordId", "another");
                    }
                });

        assertThat(prepare("good", "drop", "bad", "odd", "bare", "lost"))
                .containsExactly(
                        "better ",
                        "",
                        "bad The function answered ProcessingFailed",
                        "odd The function answered the result 'Maybe'; Ok, Dropped or"
                                + " ProcessingFailed is allowed",
                        "bare The function's result has no text 'data'",
                        "lost The function's answer holds no result for the record");
        assertThat(pauses).isEmpty();
    }

    @Test
    void givesUpARecordThatAFunctionFailsOnAgainAndAgain() throws Exception {
        lambda.deploy(
                "f",
                event -> {
                    throw new IOException("cannot");
                });

        assertThat(prepare("a")).singleElement().asString().startsWith("a ").contains("cannot");
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    @Test
    void waitsForAServiceThatIsDown() throws Exception {
        deploy((id, data, answer) -> answer.put("result", "Ok").put("data", base64(data)));
        lambda.faults().next("Invoke", 3, Fault.refuse(429, "TooManyRequestsException", "slow"));
        lambda.faults().next("Invoke", 3, Fault.refuse(503, "ServiceException", "down"));

        assertThat(prepare("a")).containsExactly("a ");
        assertThat(pauses).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void failsTheJobForAFunctionThatDoesNotExist() {
        assertThatThrownBy(() -> prepare("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The function " + FUNCTION + " cannot be called: ");
    }

    @Test
    void handsRowsOverUntilTheyAreDelivered() throws Exception {
        deploy(
                (id, data, answer) ->
                        answer.put(
                                "result",
                                data.equals("b") && events.size() < 3 ? "DeliveryFailed" : "Ok"));

        new FunctionOutputCall(APPLICATION, invoker, this::pause)
                .call(List.of(bytes("a"), bytes("b")));

        assertThat(events).hasSize(3);
        assertThat(events.get(0).get("applicationArn").asText()).isEqualTo(APPLICATION);
        assertThat(events.get(0).get("records")).hasSize(2);
        for (int i = 1; i < 3; i++) {
            JsonNode again = events.get(i).get("records");
            assertThat(again).hasSize(1);
            assertThat(again.get(0).get("recordId"))
                    .isEqualTo(events.get(0).get("records").get(1).get("recordId"));
            assertThat(again.get(0).get("lambdaDeliveryRecordMetadata").get("retryHint").asInt())
                    .isEqualTo(i);
        }
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void cutsWhatIsTooLargeForAFunctionAndLeavesOutARowThatIs() throws Exception {
        deploy((id, data, answer) -> answer.put("result", "Ok"));
        byte[] large = new byte[3_000_000];

        new FunctionOutputCall(APPLICATION, invoker, this::pause)
                .call(List.of(large, large, new byte[6_000_000]));

        assertThat(events).hasSize(2);
        assertThat(pauses).isEmpty();
    }

    private List<String> prepare(String... payloads) throws InterruptedException {
        List<Envelope> records = new ArrayList<>();
        for (String payload : payloads) {
            byte[] bytes = bytes(payload);
            records.add(
                    new Envelope(
                            "in",
                            "shardId-000000000003",
                            "700",
                            records.size(),
                            "key",
                            1500,
                            bytes,
                            0,
                            bytes.length));
        }
        List<String> results = new ArrayList<>();
        for (var result : new FunctionInputCall(APPLICATION, STREAM, invoker).call(records)) {
            StringBuilder text = new StringBuilder();
            for (Tuple2<Envelope, String> each : result) {
                text.append(new String(each.f0.payloadCopy(), StandardCharsets.UTF_8))
                        .append(' ')
                        .append(each.f1 == null ? "" : each.f1);
            }
            results.add(text.toString());
        }
        return results;
    }

    private interface Judgement {
        void judge(String id, String data, ObjectNode answer);
    }

    private void deploy(Judgement judgement) {
        lambda.deploy(
                "f",
                bytes -> {
                    JsonNode event = JSON.readTree(bytes);
                    events.add(event);
                    ObjectNode answer = JSON.createObjectNode();
                    for (JsonNode record : event.get("records")) {
                        String id = record.get("recordId").textValue();
                        String data =
                                new String(
                                        Base64.getDecoder().decode(record.get("data").textValue()),
                                        StandardCharsets.UTF_8);
                        judgement.judge(
                                id,
                                data,
                                answer.withArray("records").addObject().put("recordId", id));
                    }
                    return JSON.writeValueAsBytes(answer);
                });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A test that waits for ever would say nothing. */
    private void pause(int failures) {
        pauses.add(failures);
        assertThat(pauses).hasSizeLessThan(10);
    }
}
