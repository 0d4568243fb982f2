package io.hydrant.sql.kda.job;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Firehose's PutRecordBatch; takes a record that holds "later" when it comes again only, and knows
 * no delivery stream but {@code out}.
 */
final class FakeFirehose implements Service {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> records = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    List<String> records() {
        return records;
    }

    @Override
    public String action(Call call) {
        String target = call.header("X-Amz-Target");
        return target == null ? "Unknown" : target.substring(target.indexOf('.') + 1);
    }

    @Override
    public Reply handle(String action, Call call) throws IOException {
        JsonNode request = JSON.readTree(call.body().readAllBytes());
        if (!action.equals("PutRecordBatch")
                || !call.header("Authorization").contains("/firehose/aws4_request")) {
            return error(call, 400, "UnknownOperationException", action);
        }
        if (!request.path("DeliveryStreamName").asText().equals("out")) {
            return error(call, 400, "ResourceNotFoundException", "no such delivery stream");
        }
        if (request.get("Records").size() > FirehoseCall.MAX_RECORDS) {
            return error(call, 400, "InvalidArgumentException", "too many");
        }
        ObjectNode answer = JSON.createObjectNode();
        for (JsonNode record : request.get("Records")) {
            String text =
                    new String(
                            Base64.getDecoder().decode(record.get("Data").textValue()),
                            StandardCharsets.UTF_8);
            ObjectNode response = answer.withArray("RequestResponses").addObject();
            if (text.contains("later") && !refused.contains(text)) {
                refused.add(text);
                response.put("ErrorCode", "ServiceUnavailableException")
                        .put("ErrorMessage", "Slow down.");
            } else {
                records.add(text);
                response.put("RecordId", "id-" + records.size());
            }
        }
        return new Reply(200).body(JSON.writeValueAsBytes(answer));
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        return new Reply(status)
                .body(
                        ("{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}")
                                .getBytes(StandardCharsets.UTF_8));
    }
}
