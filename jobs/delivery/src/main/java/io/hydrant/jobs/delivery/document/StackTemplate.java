package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A template of CloudFormation, as people write it or the CDK synthesises it. The properties of a
 * delivery stream in it are the input of CreateDeliveryStream.
 *
 * <p>Source: CloudFormation template reference, {@code AWS::KinesisFirehose::DeliveryStream} and
 * "Intrinsic function reference".
 */
final class StackTemplate {

    private static final String RESOURCES = "Resources";
    private static final String DELIVERY_STREAM = "AWS::KinesisFirehose::DeliveryStream";

    private StackTemplate() {}

    static boolean is(JsonNode root) {
        return root.path(RESOURCES).isObject();
    }

    /**
     * The properties of its delivery stream, with the template's {@code Hydrant} object beside
     * them.
     *
     * @param name what to call it in a message
     * @throws InvalidConfigurationException if there is not exactly one
     */
    static ObjectNode deliveryStream(String name, ObjectNode template) {
        List<String> names = new ArrayList<>();
        JsonNode found = null;
        for (Map.Entry<String, JsonNode> resource : template.path(RESOURCES).properties()) {
            if (DELIVERY_STREAM.equals(resource.getValue().path("Type").textValue())) {
                names.add(resource.getKey());
                found = resource.getValue().path("Properties");
            }
        }
        if (names.size() != 1) {
            throw new InvalidConfigurationException(
                    name,
                    List.of(
                            names.isEmpty()
                                    ? RESOURCES + " has no " + DELIVERY_STREAM
                                    : RESOURCES
                                            + " has "
                                            + names.size()
                                            + " delivery streams, "
                                            + String.join(", ", names)
                                            + "; leave the one in that is to be delivered"));
        }
        ObjectNode properties =
                found instanceof ObjectNode object
                        ? (ObjectNode) given(object)
                        : JsonDocument.NODES.objectNode();
        JsonNode hydrant = template.get(FirehoseForm.HYDRANT);
        if (hydrant != null) {
            properties.set(FirehoseForm.HYDRANT, hydrant);
        }
        return properties;
    }

    /**
     * A value without types, which CloudFormation does not keep apart: a text that holds a number
     * is a number where one belongs, and a number a text. What is {@code AWS::NoValue} is not
     * there.
     */
    private static JsonNode given(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonDocument.NODES.objectNode();
            if (functionIn(object) != null) {
                return object;
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!isNoValue(field.getValue())) {
                    copy.set(field.getKey(), given(field.getValue()));
                }
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonDocument.NODES.arrayNode();
            for (JsonNode element : array) {
                if (!isNoValue(element)) {
                    copy.add(given(element));
                }
            }
            return copy;
        }
        return value.isNull() ? value : new GivenText(value.asText()).asNode();
    }

    private static boolean isNoValue(JsonNode value) {
        return "AWS::NoValue".equals(value.path("Ref").textValue());
    }

    /**
     * The function that stands in a value's place, and that only CloudFormation knows the value of;
     * null where it is a value.
     */
    static String functionIn(JsonNode value) {
        if (value == null || !value.isObject() || value.size() != 1) {
            return null;
        }
        String only = value.fieldNames().next();
        return only.equals("Ref") || only.startsWith("Fn::") ? only : null;
    }
}
