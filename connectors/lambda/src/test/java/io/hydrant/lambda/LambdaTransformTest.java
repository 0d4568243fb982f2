package io.hydrant.lambda;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.TransformResult;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LambdaTransformTest {

    private static final String ARN = "arn:aws:lambda:eu-west-1:111122223333:function:enrich";
    private static final long NOW = 1_382_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LambdaAnswer THROTTLED =
            new LambdaAnswer(429, "TooManyRequestsException", null, bytes("{}"));

    private final List<JsonNode> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<LambdaAnswer> planned = new ArrayList<>();
    private final MetricListener metrics = new MetricListener();
    private final Configuration options = new Configuration();

    /** More records than that in a request are too many; none is. */
    private int tooMany = Integer.MAX_VALUE;

    @Test
    void transformsEveryRecordOfABatchInOneInvocation() throws Exception {
        List<TransformResult> results = transform("a", "b");

        assertThat(results)
                .extracting(result -> text(result.kept().get(0).record().payloadCopy()))
                .containsExactly("a!", "b!");
        assertThat(requests).hasSize(1);
        assertThat(metric("ExecuteProcessing.Success")).isEqualTo(1.0);
    }

    @Test
    void repeatsAnInvocationThatFailedWithTheSameRecordsUnderTheSameIdsAndANewInvocationId()
            throws Exception {
        planned.add(THROTTLED);
        planned.add(THROTTLED);

        List<TransformResult> results = transform("a", "b");

        assertThat(results).allSatisfy(result -> assertThat(result.failure()).isNull());
        assertThat(requests).hasSize(3);
        assertThat(requests)
                .extracting(each -> each.get("records"))
                .containsOnly(requests.get(0).get("records"));
        assertThat(requests)
                .extracting(each -> each.get("invocationId").asText())
                .doesNotHaveDuplicates();
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
        assertThat((double) metric("ExecuteProcessing.Success")).isBetween(0.33, 0.34);
        assertThat(metrics.getHistogram("ExecuteProcessing.Duration").orElseThrow().getCount())
                .isEqualTo(3);
    }

    @Test
    void afterThreeRepetitionsTheBatchGoesToTheDeadLetter() throws Exception {
        for (int i = 0; i < 4; i++) {
            planned.add(THROTTLED);
        }

        List<TransformResult> results = transform("a", "b");

        assertThat(requests).hasSize(4);
        assertThat(results)
                .extracting(TransformResult::failure)
                .allSatisfy(
                        failure -> {
                            assertThat(failure.code()).isEqualTo("Lambda.InvokeLimitExceeded");
                            assertThat(failure.attempts()).isEqualTo(4);
                            assertThat(failure.attemptEndedMillis()).isEqualTo(NOW);
                            assertThat(failure.details()).isEqualTo(Map.of("lambdaArn", ARN));
                            assertThat(failure.type().folder()).isEqualTo("processing-failed");
                        });
    }

    @Test
    void failsTheJobInsteadWhereThatIsAskedFor() {
        options.set(LambdaOptions.ON_FAILURE, InvocationFailureAction.FAIL_JOB);
        options.set(LambdaOptions.RETRIES, 0);
        planned.add(THROTTLED);

        assertThatThrownBy(() -> transform("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ARN)
                .hasMessageContaining("failed 1 times")
                .hasMessageContaining("Lambda.InvokeLimitExceeded");
    }

    @Test
    void doesNotRepeatWhatTheFunctionAnswered() throws Exception {
        planned.add(new LambdaAnswer(200, null, null, bytes("{\"records\":[]}")));

        List<TransformResult> results = transform("a");

        assertThat(requests).hasSize(1);
        assertThat(results.get(0).failure())
                .extracting(Failure::code, Failure::attempts)
                .containsExactly("Lambda.MissingRecordId", 1);
    }

    @Test
    void cutsWhatIsTooLargeInTwoUntilItFitsAndKeepsTheOrder() throws Exception {
        tooMany = 2;

        List<TransformResult> results = transform("a", "b", "c", "d", "e");

        assertThat(results)
                .extracting(result -> text(result.kept().get(0).record().payloadCopy()))
                .containsExactly("a!", "b!", "c!", "d!", "e!");
        assertThat(requests).extracting(each -> each.get("records").size()).contains(5, 2, 3, 1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeByItselfGoesToTheDeadLetterAloneAndNeverFailsTheJob()
            throws Exception {
        options.set(LambdaOptions.ON_FAILURE, InvocationFailureAction.FAIL_JOB);
        planned.add(new LambdaAnswer(413, "RequestTooLargeException", null, bytes("{}")));
        planned.add(new LambdaAnswer(413, "RequestTooLargeException", null, bytes("{}")));

        List<TransformResult> results = transform("a", "b");

        assertThat(results.get(0).failure().code()).isEqualTo("Lambda.RequestTooLarge");
        assertThat(results.get(1).failure()).isNull();
    }

    @Test
    void givesUpAtOnceWhereTheJobEnds() {
        LambdaTransform transform =
                transform(
                        request -> {
                            throw new InterruptedException("over");
                        });

        assertThatThrownBy(() -> transform.transform(List.of(record("a", 0))))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("over");
    }

    @Test
    void repeatsAnInvocationWithoutAnAnswer() throws Exception {
        int[] calls = {0};
        LambdaTransform transform =
                transform(
                        request -> {
                            if (calls[0]++ == 0) {
                                throw new SocketTimeoutException("Read timed out");
                            }
                            return shout(request);
                        });

        assertThat(transform.transform(List.of(record("a", 0))).get(0).failure()).isNull();
        assertThat(calls[0]).isEqualTo(2);
    }

    private List<TransformResult> transform(String... payloads) throws Exception {
        List<Envelope> batch = new ArrayList<>();
        for (String payload : payloads) {
            batch.add(record(payload, batch.size()));
        }
        return transform(
                        request -> {
                            requests.add(JSON.readTree(request));
                            if (requests.get(requests.size() - 1).get("records").size() > tooMany) {
                                return new LambdaAnswer(
                                        200,
                                        null,
                                        "Unhandled",
                                        bytes("{\"errorType\":\"Function.ResponseSizeTooLarge\"}"));
                            }
                            return planned.isEmpty() ? shout(request) : planned.remove(0);
                        })
                .transform(batch);
    }

    private LambdaTransform transform(LambdaApi api) {
        options.set(LambdaOptions.FUNCTION_ARN, ARN);
        return new LambdaTransform(
                LambdaConfig.from(options),
                false,
                new InvocationOrigin("arn:firehose", "arn:kinesis", "eu-west-1"),
                api,
                new InvocationMetrics(metrics.getMetricGroup()),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
                pauses::add);
    }

    private static LambdaAnswer shout(byte[] request) throws IOException {
        return new LambdaAnswer(
                200, null, null, Functions.eachData(data -> data + "!").handle(request));
    }

    private Object metric(String name) {
        return metrics.getGauge(name).map(Gauge::getValue).orElseThrow();
    }

    private static Envelope record(String payload, int number) {
        return new Envelope(
                "s", "shard-0", "49" + number, 0, "k", 7, bytes(payload), 0, payload.length());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
