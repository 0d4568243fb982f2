package io.hydrant.localstack.fakes.firehose;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** PutRecordBatch, in JSON 1.1. */
final class FirehoseService implements Service {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "Firehose_20150804.";
    private static final int MAX_RECORDS = 500;
    private static final int MAX_RECORD_BYTES = 1_024_000;

    /** Of the request as it comes, base64 and all: the stricter way to read the rule. */
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024 + MAX_RECORDS * 64;

    private final Map<String, List<byte[]>> streams;
    private final Set<String> refusals;
    private final AtomicLong ids = new AtomicLong();

    FirehoseService(Map<String, List<byte[]>> streams, Set<String> refusals) {
        this.streams = streams;
        this.refusals = refusals;
    }

    @Override
    public String action(Call call) {
        String target = call.header("X-Amz-Target");
        return target == null || !target.startsWith(TARGET)
                ? "Unknown"
                : target.substring(TARGET.length());
    }

    @Override
    public Reply handle(String action, Call call) throws IOException {
        byte[] body = call.body().readAllBytes();
        String authorization = call.header("Authorization");
        if (authorization == null || !authorization.contains("/firehose/aws4_request")) {
            return error(
                    call, 400, "MissingAuthenticationTokenException", "Not signed for firehose");
        }
        if (!action.equals("PutRecordBatch")) {
            return error(call, 400, "UnknownOperationException", action);
        }
        JsonNode request = JSON.readTree(body);
        String stream = request.path("DeliveryStreamName").asText();
        if (!streams.containsKey(stream)) {
            return error(
                    call,
                    400,
                    "ResourceNotFoundException",
                    "Firehose " + stream + " under account 000000000000 not found.");
        }
        JsonNode records = request.path("Records");
        if (records.isEmpty() || records.size() > MAX_RECORDS) {
            return error(call, 400, "ValidationException", "Member must have length from 1 to 500");
        }
        if (body.length > MAX_REQUEST_BYTES) {
            return error(call, 400, "InvalidArgumentException", "Records size exceeds 4 MB limit");
        }
        List<byte[]> data = new ArrayList<>();
        for (JsonNode record : records) {
            byte[] bytes = Base64.getDecoder().decode(record.path("Data").asText());
            if (bytes.length > MAX_RECORD_BYTES) {
                return error(
                        call,
                        400,
                        "ValidationException",
                        "Member must have length less than or equal to 1024000");
            }
            data.add(bytes);
        }
        return answer(data, streams.get(stream));
    }

    private Reply answer(List<byte[]> data, List<byte[]> stream) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode responses = answer.putArray("RequestResponses");
        int failed = 0;
        for (byte[] record : data) {
            if (refusals.remove(new String(record, StandardCharsets.UTF_8))) {
                failed++;
                responses
                        .addObject()
                        .put("ErrorCode", "ServiceUnavailableException")
                        .put("ErrorMessage", "Slow down.");
            } else {
                stream.add(record);
                responses.addObject().put("RecordId", "record-" + ids.incrementAndGet());
            }
        }
        answer.put("FailedPutCount", failed).put("Encrypted", false);
        return new Reply(200)
                .header("Content-Type", "application/x-amz-json-1.1")
                .body(JSON.writeValueAsBytes(answer));
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.put("__type", code).put("message", message);
        return new Reply(status)
                .header("Content-Type", "application/x-amz-json-1.1")
                .body(error.toString().getBytes(StandardCharsets.UTF_8));
    }
}
