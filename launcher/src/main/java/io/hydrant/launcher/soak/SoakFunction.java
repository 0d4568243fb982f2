package io.hydrant.launcher.soak;

import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.lambda.FakeLambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;

/**
 * A Lambda function that leaves records as they are, behind a service that refuses some invocations
 * and loses the answers of others.
 */
final class SoakFunction implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "hydrant-soak";
    private static final int FAULTS = 500;
    private static final int FAULT_EVERY = 5;

    private final FakeLambda lambda;

    private SoakFunction(FakeLambda lambda) {
        this.lambda = lambda;
    }

    static SoakFunction start() throws IOException {
        FakeLambda lambda = FakeLambda.start();
        lambda.deploy(NAME, SoakFunction::answer);
        for (int i = 1; i <= FAULTS; i++) {
            Fault fault =
                    i % 2 == 0
                            ? Fault.dropAnswer()
                            : Fault.refuse(429, "TooManyRequestsException", "Rate exceeded");
            lambda.faults().after("Invoke", i * FAULT_EVERY, 1, fault);
        }
        return new SoakFunction(lambda);
    }

    /** What the delivery is told of it; so many repetitions that no record is given up. */
    List<String> assignments() {
        return List.of(
                "lambda.function-arn=arn:aws:lambda:us-east-1:000000000000:function:" + NAME,
                "lambda.endpoint=" + lambda.endpoint(),
                "lambda.buffer.interval=200 ms",
                "lambda.retries=50",
                "lambda.retry-backoff=20 ms");
    }

    private static byte[] answer(byte[] event) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        for (JsonNode record : JSON.readTree(event).get("records")) {
            answer.withArray("records")
                    .addObject()
                    .put("recordId", record.get("recordId").textValue())
                    .put("result", "Ok")
                    .set("data", record.get("data"));
        }
        return JSON.writeValueAsBytes(answer);
    }

    @Override
    public void close() {
        lambda.close();
    }
}
