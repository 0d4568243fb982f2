package io.hydrant.jobs.ingest.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a message of a queue says of objects: an event of S3, as S3 itself sends it or
 * EventBridge, each also in the envelope of SNS.
 *
 * <p>Sources: S3 user guide, "Event message structure" and "EventBridge event message structure";
 * SNS developer guide, "HTTP/HTTPS notification JSON format".
 */
final class Notification {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Notification() {}

    /**
     * The objects that arrived; none where the message says something else of a bucket, such as
     * that an object was removed, or is the test that S3 sends when notifications are set up.
     *
     * @throws BadMessageException if it is no such message
     */
    static List<ArrivedObject> read(String body) throws BadMessageException {
        JsonNode message = parse(body);
        if ("Notification".equals(message.path("Type").asText())
                && message.path("Message").isTextual()) {
            message = parse(message.path("Message").asText());
        }
        if (message.path("Records").isArray()) {
            List<ArrivedObject> arrived = new ArrayList<>();
            for (JsonNode event : message.path("Records")) {
                addOfS3(event, arrived);
            }
            return arrived;
        }
        if (message.path("detail").isObject()) {
            return ofEventBridge(message);
        }
        if ("s3:TestEvent".equals(message.path("Event").asText())) {
            return List.of();
        }
        throw new BadMessageException("it is no event of S3, of EventBridge, or of SNS around one");
    }

    private static JsonNode parse(String text) throws BadMessageException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Said below; what the parser says may hold a part of the message.
        }
        throw new BadMessageException("it is no JSON object");
    }

    private static void addOfS3(JsonNode event, List<ArrivedObject> arrived)
            throws BadMessageException {
        String source = event.path("eventSource").asText();
        if (!source.equals("aws:s3")) {
            throw new BadMessageException("it is an event of '" + source + "', not of aws:s3");
        }
        if (!event.path("eventName").asText().startsWith("ObjectCreated:")) {
            return;
        }
        JsonNode object = event.path("s3").path("object");
        arrived.add(
                new ArrivedObject(
                        required(event.path("s3").path("bucket"), "name"),
                        unescaped(required(object, "key")),
                        object.path("versionId").asText(""),
                        object.path("eTag").asText(""),
                        object.path("sequencer").asText("")));
    }

    private static List<ArrivedObject> ofEventBridge(JsonNode event) throws BadMessageException {
        String source = event.path("source").asText();
        if (!source.equals("aws.s3")) {
            throw new BadMessageException("it is an event of '" + source + "', not of aws.s3");
        }
        if (!event.path("detail-type").asText().equals("Object Created")) {
            return List.of();
        }
        JsonNode object = event.path("detail").path("object");
        return List.of(
                new ArrivedObject(
                        required(event.path("detail").path("bucket"), "name"),
                        required(object, "key"),
                        object.path("version-id").asText(""),
                        object.path("etag").asText(""),
                        object.path("sequencer").asText("")));
    }

    private static String required(JsonNode node, String field) throws BadMessageException {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new BadMessageException("it has no '" + field + "' where the event has one");
        }
        return text;
    }

    /** S3 escapes keys in its own events as forms do. */
    private static String unescaped(String key) throws BadMessageException {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadMessageException("its key has a % that begins no escape");
        }
    }
}
