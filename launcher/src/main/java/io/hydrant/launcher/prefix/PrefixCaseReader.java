package io.hydrant.launcher.prefix;

import io.hydrant.core.options.NearestName;
import io.hydrant.delivery.partition.PartitionKeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a case from a line of JSON. Its fields are called as the options are, or as Firehose calls
 * them; upper case, {@code -} and {@code _} make no difference.
 */
final class PrefixCaseReader {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final List<String> FIELDS =
            List.of(
                    "prefix",
                    "error-prefix",
                    "error-type",
                    "at",
                    "zone",
                    "query-key",
                    "lambda-key");

    private PrefixCaseReader() {}

    /**
     * The case in a line.
     *
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    static PrefixCase read(String line) {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        String prefix = null;
        String errorPrefix = null;
        String errorType = null;
        Instant at = null;
        String zone = "UTC";
        Map<String, String> query = Map.of();
        Map<String, String> lambda = Map.of();
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            switch (field.getKey().replaceAll("[-_]", "").toLowerCase(Locale.ROOT)) {
                case "prefix" -> prefix = text(field);
                case "errorprefix", "erroroutputprefix" -> errorPrefix = text(field);
                case "errortype", "erroroutputtype" -> errorType = text(field);
                case "at" -> at = instant(text(field));
                case "zone", "timezone", "customtimezone" -> zone = text(field);
                case "querykey", "querykeys", "partitionkeyfromquery" -> query = keys(field);
                case "lambdakey", "lambdakeys", "partitionkeyfromlambda" -> lambda = keys(field);
                default ->
                        throw new IllegalArgumentException(
                                "'"
                                        + field.getKey()
                                        + "' is not a field of a case"
                                        + NearestName.hint(field.getKey(), FIELDS)
                                        + "; the fields are "
                                        + String.join(", ", FIELDS));
            }
        }
        if (at == null) {
            throw new IllegalArgumentException("'at' is missing, such as 2018-08-27T10:30:00Z");
        }
        return new PrefixCase(
                prefix, errorPrefix, errorType, at, zone, new PartitionKeys(query, lambda));
    }

    /** An instant such as 2018-08-27T10:30:00Z or 2018-08-27T12:30:00+02:00. */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no instant; it looks like 2018-08-27T10:30:00Z", e);
        }
    }

    private static String text(Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isTextual()) {
            throw new IllegalArgumentException(
                    "'" + field.getKey() + "' is " + field.getValue() + "; it must be a text");
        }
        return field.getValue().textValue();
    }

    /** A key that is null is one that the record does not have. */
    private static Map<String, String> keys(Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isObject()) {
            throw new IllegalArgumentException(
                    "'" + field.getKey() + "' is not an object of keys and their values");
        }
        Map<String, String> keys = new HashMap<>();
        for (Map.Entry<String, JsonNode> key : field.getValue().properties()) {
            if (key.getValue().isContainerNode()) {
                throw new IllegalArgumentException(
                        "the value of '"
                                + key.getKey()
                                + "' in '"
                                + field.getKey()
                                + "' is "
                                + key.getValue()
                                + "; a key is a text, a number, true or false");
            }
            if (!key.getValue().isNull()) {
                keys.put(key.getKey(), key.getValue().asText());
            }
        }
        return keys;
    }
}
