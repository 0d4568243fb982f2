package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.call.Attempts;
import io.hydrant.lambda.FunctionArn;
import io.hydrant.lambda.HttpLambdaApi;
import io.hydrant.lambda.InvocationJudge;
import io.hydrant.lambda.InvocationVerdict;
import io.hydrant.lambda.LambdaAnswer;
import io.hydrant.lambda.LambdaApi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Invokes a function until it answers.
 *
 * <p>Throttling, a service that is down and a network that is not there are waited for without end,
 * as Kinesis Data Analytics did. A function that does not exist or may not be called fails the job.
 */
final class FunctionInvoker implements AutoCloseable {

    /** Waits for a function that fails itself as for all else. */
    static final int WITHOUT_END = -1;

    private static final Logger LOG = LoggerFactory.getLogger(FunctionInvoker.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> FINAL =
            Set.of(
                    "Lambda.InvokeAccessDenied",
                    "Lambda.AssumeRoleAccessDenied",
                    "Lambda.ResourceNotFound",
                    "Lambda.InvalidSecurityToken");

    private static final Set<String> OF_THE_FUNCTION =
            Set.of("Lambda.FunctionError", "Lambda.FunctionTimedOut");

    private final String function;
    private final LambdaApi api;
    private final Attempts attempts;

    FunctionInvoker(String function, LambdaApi api, Attempts attempts) {
        this.function = function;
        this.api = api;
        this.attempts = attempts;
    }

    /** A function behind the API of Lambda. */
    static FunctionInvoker of(FunctionArn function, Duration timeout, AwsClientConfig aws) {
        return new FunctionInvoker(
                function.toString(),
                new HttpLambdaApi(function, timeout, aws),
                Attempts.ON_THE_CLOCK);
    }

    /**
     * What came of a batch.
     *
     * @param results of records by their ids; where a record has several, the last
     * @param failure why the function gave none, or null
     * @param isTooLarge whether a smaller batch may work
     */
    record Outcome(Map<String, JsonNode> results, String failure, boolean isTooLarge) {}

    /**
     * Invokes.
     *
     * @param retries repetitions where the function itself fails
     * @throws IllegalStateException where no repetition helps
     */
    Outcome invoke(byte[] request, int retries) throws InterruptedException {
        int failures = 0;
        int ofFunction = 0;
        while (true) {
            LambdaAnswer answer = null;
            InvocationVerdict verdict;
            try {
                answer = api.invoke(request);
                verdict = InvocationJudge.judge(answer);
            } catch (IOException | SdkException e) {
                verdict = InvocationJudge.judge(e);
            }
            if (verdict.kind() == InvocationVerdict.Kind.ANSWERED) {
                return new Outcome(results(answer), null, false);
            }
            if (verdict.kind() == InvocationVerdict.Kind.TOO_LARGE) {
                return new Outcome(Map.of(), verdict.message(), true);
            }
            if (FINAL.contains(verdict.code())) {
                throw new IllegalStateException(
                        "The function " + function + " cannot be called: " + verdict.message());
            }
            if (OF_THE_FUNCTION.contains(verdict.code())) {
                ofFunction++;
                if (retries != WITHOUT_END && ofFunction > retries) {
                    return new Outcome(Map.of(), verdict.message(), false);
                }
            }
            failures++;
            LOG.warn("{} failed {} times in a row: {}", function, failures, verdict.message());
            attempts.pause(failures);
        }
    }

    private static Map<String, JsonNode> results(LambdaAnswer answer) {
        Map<String, JsonNode> results = new HashMap<>();
        for (JsonNode result : records(answer.body())) {
            if (result.path("recordId").isTextual()) {
                results.put(result.get("recordId").textValue(), result);
            }
        }
        return results;
    }

    /** None where the function answers with something else. */
    private static JsonNode records(byte[] answer) {
        try {
            return JSON.readTree(answer).path("records");
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
