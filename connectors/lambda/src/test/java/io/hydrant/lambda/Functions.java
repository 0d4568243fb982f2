package io.hydrant.lambda;

import io.hydrant.localstack.fakes.lambda.FakeFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Functions as users write them. */
final class Functions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Functions() {}

    /** Answers Ok with every record's data changed. */
    static FakeFunction eachData(UnaryOperator<String> change) {
        return event -> {
            ObjectNode answer = JSON.createObjectNode();
            for (JsonNode record : JSON.readTree(event).get("records")) {
                String data =
                        new String(
                                Base64.getDecoder().decode(record.get("data").textValue()),
                                StandardCharsets.UTF_8);
                answer.withArray("records")
                        .addObject()
                        .put("recordId", record.get("recordId").textValue())
                        .put("result", "Ok")
                        .put(
                                "data",
                                Base64.getEncoder()
                                        .encodeToString(
                                                change.apply(data)
                                                        .getBytes(StandardCharsets.UTF_8)));
            }
            return JSON.writeValueAsBytes(answer);
        };
    }
}
