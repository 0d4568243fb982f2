package io.hydrant.jobs.delivery.document;

import io.hydrant.template.StackValues;
import io.hydrant.template.UnknownValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
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

    /** The setting by which a parameter is given, before its name. */
    static final String PARAMETER = "Parameters.";

    private static final String RESOURCES = "Resources";
    private static final String NAME = "DeliveryStreamName";
    private static final String NO_NAME = "is missing, and CloudFormation would make one up";
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
     * @param parameters what its parameters are given, by their names
     * @param resource which delivery stream is meant, null for the one that there is
     * @throws InvalidConfigurationException if there is not exactly one, or a parameter is wrong
     */
    static ObjectNode deliveryStream(
            String name, ObjectNode template, Map<String, String> parameters, String resource) {
        StackValues values = new StackValues(template, parameters);
        List<String> problems = values.problemsWithGiven("--set " + PARAMETER);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(name, problems);
        }
        Map<String, JsonNode> streams = new LinkedHashMap<>();
        Map<String, JsonNode> made = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : template.path(RESOURCES).properties()) {
            if (DELIVERY_STREAM.equals(each.getValue().path("Type").textValue())) {
                streams.put(each.getKey(), each.getValue());
                if (values.isMade(each.getValue())) {
                    made.put(each.getKey(), each.getValue());
                }
            }
        }
        if (streams.isEmpty()) {
            throw new InvalidConfigurationException(
                    name, List.of(RESOURCES + " has no " + DELIVERY_STREAM));
        }
        // One that this stack would not make is meant where there is no other.
        JsonNode chosen = ChosenResource.of(name, made.isEmpty() ? streams : made, resource);
        JsonNode resolved = values.resolve(chosen.path("Properties"));
        ObjectNode properties =
                resolved instanceof ObjectNode object ? object : JsonDocument.NODES.objectNode();
        respell(properties);
        if (!properties.has(NAME)) {
            properties.set(NAME, new UnknownValue(NO_NAME).asNode());
        }
        JsonNode hydrant = template.get(FirehoseForm.HYDRANT);
        if (hydrant != null) {
            properties.set(FirehoseForm.HYDRANT, hydrant);
        }
        return properties;
    }

    /** The one field that CloudFormation spells otherwise than the API does. */
    private static void respell(ObjectNode properties) {
        JsonNode catalog =
                properties.path("IcebergDestinationConfiguration").path("CatalogConfiguration");
        if (catalog instanceof ObjectNode object && object.has("CatalogArn")) {
            object.set("CatalogARN", object.remove("CatalogArn"));
        }
    }
}
