package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.document.ServedStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Answers DescribeDeliveryStream and ListDeliveryStreams out of the configuration. To clients every
 * delivery stream here is one of the type DirectPut, since that is what they do.
 *
 * <p>Source: Firehose API reference (2015-08-04), DescribeDeliveryStream, ListDeliveryStreams.
 */
final class StreamQuestions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "DirectPut";

    /** Source: Firehose API reference, ListDeliveryStreams. */
    private static final List<String> TYPES =
            List.of(TYPE, "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource");

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 10_000;

    private final NavigableMap<String, ServedStream> streams;

    StreamQuestions(Map<String, ServedStream> streams) {
        this.streams = new TreeMap<>(streams);
    }

    Answer describe(Client client, byte[] body) {
        JsonNode request = object(body);
        String name = text(request, "DeliveryStreamName");
        PutRules.checkName(name);
        // There is one destination, so that the limit is one of what may be asked alone.
        limit(request);
        ServedStream stream = find(client, name);
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode description =
                answer.putObject("DeliveryStreamDescription")
                        .put("DeliveryStreamName", stream.name())
                        .put("DeliveryStreamARN", stream.arn())
                        .put("DeliveryStreamStatus", "ACTIVE")
                        .put("DeliveryStreamType", TYPE)
                        .put("VersionId", stream.version());
        ObjectNode destination = description.putArray("Destinations").addObject();
        destination.put("DestinationId", "destinationId-000000000001");
        stream.destination()
                .fields()
                .forEachRemaining(f -> destination.set(f.getKey(), f.getValue()));
        description.put("HasMoreDestinations", false);
        return answer(answer);
    }

    Answer list(Client client, byte[] body) {
        JsonNode request = object(body);
        int limit = limit(request);
        String type = text(request, "DeliveryStreamType");
        if (type != null && !TYPES.contains(type)) {
            throw ServiceError.ofCaller(
                    "ValidationException",
                    "1 validation error detected: Value '"
                            + type
                            + "' at 'deliveryStreamType' failed to satisfy constraint: Member must satisfy"
                            + " enum value set: "
                            + TYPES);
        }
        String after = text(request, "ExclusiveStartDeliveryStreamName");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode names = answer.putArray("DeliveryStreamNames");
        boolean hasMore = false;
        for (String name : (after == null ? streams : streams.tailMap(after, false)).keySet()) {
            if ((type == null || type.equals(TYPE)) && client.mayUse(name)) {
                if (names.size() == limit) {
                    hasMore = true;
                    break;
                }
                names.add(name);
            }
        }
        answer.put("HasMoreDeliveryStreams", hasMore);
        return answer(answer);
    }

    private static int limit(JsonNode request) {
        int limit = request.path("Limit").asInt(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ServiceError.ofCaller(
                    "ValidationException",
                    "1 validation error detected: Value '"
                            + limit
                            + "' at 'limit' failed to satisfy constraint: Member must have value from 1"
                            + " to "
                            + MAX_LIMIT);
        }
        return limit;
    }

    /**
     * The stream of that name, which the client may use.
     *
     * @throws ServiceError where there is none; one that it may not use is none to it but in name
     */
    ServedStream find(Client client, String name) {
        ServedStream stream = streams.get(name);
        if (!client.mayUse(name)) {
            throw ServiceError.ofCaller(
                    "AccessDeniedException",
                    "The client " + client.name() + " may not use the delivery stream " + name);
        }
        if (stream == null) {
            throw ServiceError.ofCaller(
                    "ResourceNotFoundException",
                    "Firehose "
                            + name
                            + " under account "
                            + (streams.isEmpty()
                                    ? "of this gateway"
                                    : streams.firstEntry().getValue().stream().account())
                            + " not found.");
        }
        return stream;
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body);
            if (request != null && request.isObject()) {
                return request;
            }
        } catch (IOException e) {
            // Falls through to the message, which says what would be right.
        }
        throw ServiceError.ofCaller("SerializationException", "The body is no JSON object");
    }

    private static String text(JsonNode request, String name) {
        JsonNode value = request.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw ServiceError.ofCaller("SerializationException", name + " is no text");
        }
        return value.textValue();
    }

    private static Answer answer(JsonNode body) {
        try {
            return Answer.json(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
    }
}
