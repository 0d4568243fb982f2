package io.hydrant.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * All that is to be deployed together; what is null is not.
 *
 * @param stream a Kinesis stream
 * @param delivery a delivery from one
 * @param analytics a job of SQL
 * @param warehouse a warehouse
 */
public record Deployment(
        StreamProps stream,
        DeliveryProps delivery,
        AnalyticsProps analytics,
        WarehouseProps warehouse) {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /**
     * Reads a document, whose fields are the components of this record and of those in it.
     *
     * @throws IllegalArgumentException if a field is not known or a value not allowed; says which
     */
    public static Deployment parse(String text) {
        try {
            Deployment deployment = JSON.readValue(text, Deployment.class);
            if (deployment.isEmpty()) {
                throw new IllegalArgumentException(
                        "There is nothing to deploy; name a stream, delivery, analytics or warehouse");
            }
            return deployment;
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof IllegalArgumentException rule) {
                throw new IllegalArgumentException(rule.getMessage(), e);
            }
            throw new IllegalArgumentException(path(e) + reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private boolean isEmpty() {
        return stream == null && delivery == null && analytics == null && warehouse == null;
    }

    /** Jackson's own words name classes, of which a document's author knows nothing. */
    private static String reason(JsonMappingException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return " is not known; there are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (problem instanceof InvalidFormatException wrong) {
            return " is '" + wrong.getValue() + "'; it must be " + named(wrong.getTargetType());
        }
        if (problem instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            return " is of another kind; it must be " + named(wrong.getTargetType());
        }
        return ": " + problem.getOriginalMessage();
    }

    private static String named(Class<?> type) {
        if (type == Integer.class
                || type == int.class
                || type == Long.class
                || type == long.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object with fields";
    }

    private static String path(JsonMappingException problem) {
        StringBuilder path = new StringBuilder();
        problem.getPath()
                .forEach(
                        step ->
                                path.append(path.isEmpty() ? "" : ".")
                                        .append(
                                                step.getFieldName() == null
                                                        ? "[" + step.getIndex() + "]"
                                                        : step.getFieldName()));
        return path.isEmpty() ? "the document" : path.toString();
    }
}
