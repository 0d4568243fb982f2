package io.hydrant.jobs.ingest.objects;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A queue of SQS by its JSON protocol: three calls, for which no client of the SDK is needed.
 *
 * <p>Source: SQS API reference, ReceiveMessage, DeleteMessageBatch, ChangeMessageVisibilityBatch.
 */
final class SqsQueueApi implements QueueApi {

    private static final Logger LOG = LoggerFactory.getLogger(SqsQueueApi.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    /** Longer than any wait of the service. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(40);

    private final String queue;
    private final SignedHttpClient client;

    private SqsQueueApi(String queue, SignedHttpClient client) {
        this.queue = queue;
        this.client = client;
    }

    /** Opens clients of a queue by its URL. */
    static QueueApi.Factory factory(String queue, AwsClientConfig aws) {
        return () ->
                new SqsQueueApi(
                        queue,
                        SignedHttpClient.of("sqs", aws.withReadTimeoutOfAtLeast(LONGEST_ANSWER)));
    }

    @Override
    public List<QueueMessage> receive(int hiddenSeconds, int waitSeconds) throws IOException {
        ObjectNode request = request();
        request.put("MaxNumberOfMessages", MOST);
        request.put("VisibilityTimeout", hiddenSeconds);
        request.put("WaitTimeSeconds", waitSeconds);
        List<QueueMessage> messages = new ArrayList<>();
        for (JsonNode message : call("ReceiveMessage", request).path("Messages")) {
            messages.add(
                    new QueueMessage(
                            message.path("MessageId").asText(),
                            message.path("ReceiptHandle").asText(),
                            message.path("Body").asText()));
        }
        return messages;
    }

    @Override
    public void delete(Collection<String> handles) throws IOException {
        inBatches("DeleteMessageBatch", handles, null);
    }

    @Override
    public void hide(Collection<String> handles, int seconds) throws IOException {
        inBatches("ChangeMessageVisibilityBatch", handles, seconds);
    }

    private void inBatches(String action, Collection<String> handles, Integer seconds)
            throws IOException {
        List<String> all = List.copyOf(handles);
        for (int from = 0; from < all.size(); from += MOST) {
            ObjectNode request = request();
            ArrayNode entries = request.putArray("Entries");
            for (int i = from; i < Math.min(all.size(), from + MOST); i++) {
                ObjectNode entry = entries.addObject();
                entry.put("Id", Integer.toString(i));
                entry.put("ReceiptHandle", all.get(i));
                if (seconds != null) {
                    entry.put("VisibilityTimeout", seconds);
                }
            }
            // Of a message that is gone, or that another reader has by now.
            for (JsonNode failed : call(action, request).path("Failed")) {
                LOG.debug("{}: {}", action, failed.path("Code").asText());
            }
        }
    }

    private ObjectNode request() {
        ObjectNode request = MAPPER.createObjectNode();
        request.put("QueueUrl", queue);
        return request;
    }

    private JsonNode call(String action, ObjectNode request) throws IOException {
        SignedHttpClient.Answer answer =
                client.post(
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.0",
                                "X-Amz-Target",
                                "AmazonSQS." + action),
                        MAPPER.writeValueAsBytes(request));
        if (answer.status() == OK) {
            return MAPPER.readTree(answer.body());
        }
        JsonNode error = error(answer.body());
        String type = error.path("__type").asText();
        String problem =
                action
                        + " of "
                        + queue
                        + " was answered "
                        + answer.status()
                        + ", "
                        + type
                        + ": "
                        + error.path("message").asText(error.path("Message").asText());
        if (isFinal(answer.status(), type)) {
            throw new IllegalStateException(problem);
        }
        throw new IOException(problem);
    }

    private static JsonNode error(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }

    /** Whether another attempt would be answered the same. */
    static boolean isFinal(int status, String type) {
        return status >= BAD_REQUEST
                && status < SERVER_ERROR
                && !type.contains("Throttl")
                && !type.contains("OverLimit")
                && !type.contains("ExpiredToken")
                && !type.contains("RequestTimeout");
    }

    @Override
    public void close() {
        client.close();
    }
}
