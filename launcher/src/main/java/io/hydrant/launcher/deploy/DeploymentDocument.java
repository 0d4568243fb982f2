package io.hydrant.launcher.deploy;

import io.hydrant.jobs.delivery.DeliveryPlan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeSet;

/**
 * Judges what a delivery needs around it, as the document that {@code infra} takes: what the
 * configuration of the delivery says need not be said twice.
 */
final class DeploymentDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeploymentDocument() {}

    /**
     * The document of a delivery.
     *
     * @param plan what the job does
     * @param over what is set over it: objects are merged field by field, null takes something out;
     *     null for nothing
     * @throws IllegalArgumentException if it cannot be deployed; says why
     */
    static ObjectNode of(DeliveryPlan plan, JsonNode over) {
        if (plan.archive() != null) {
            throw new IllegalArgumentException(
                    "archive.location: a replay of an archive ends by itself; start it by flink run");
        }
        if (over != null && !over.isObject()) {
            throw new IllegalArgumentException("--infra is no JSON object");
        }
        Map<String, String> options = plan.shownOptions();
        requireOneRole(options, plan);
        ObjectNode document = JSON.createObjectNode();
        document.putObject("stream").put("name", plan.stream().stream());
        ObjectNode delivery = document.putObject("delivery");
        delivery.put("name", plan.deliveryStream());
        delivery.put("streamArn", plan.stream().toString());
        delivery.put("fanOut", "EFO".equalsIgnoreCase(options.get("source.reader.type")));
        delivery.put("bucket", plan.sink().bucket());
        putIfGiven(delivery, "bucketKmsKeyArn", plan.sink().store().attributes().kmsKeyArn());
        putIfGiven(delivery, "functionArn", options.get("lambda.function-arn"));
        delivery.put("tagsObjects", !plan.sink().store().attributes().tags().isEmpty());
        var conversion = plan.sink().conversion();
        if (conversion != null && conversion.table() != null) {
            delivery.put(
                    "glueTable",
                    conversion.table().databaseName() + "/" + conversion.table().tableName());
        }
        String errors = literal(plan.sink().naming().errorPrefix());
        // Where data may begin like it, it says nothing of errors.
        if (!errors.isEmpty() && !literal(plan.sink().naming().prefix()).startsWith(errors)) {
            delivery.put("errorPrefix", errors);
        }
        addOtherBuckets(delivery.putArray("otherBuckets"), plan);
        if (over != null) {
            merge(document, over);
        }
        return document;
    }

    /** The stack's role is the one that the job is, and knows one key of buckets. */
    private static void requireOneRole(Map<String, String> options, DeliveryPlan plan) {
        if ("ASSUME_ROLE".equals(options.get("aws.credentials.provider"))) {
            throw new IllegalArgumentException(
                    "aws.credentials.provider is ASSUME_ROLE, but what is deployed has a role of its own, with all permissions; leave it out");
        }
        if (plan.backup() != null) {
            String key = plan.backup().store().attributes().kmsKeyArn();
            if (key != null && !key.equals(plan.sink().store().attributes().kmsKeyArn())) {
                throw new IllegalArgumentException(
                        "backup.encryption.kms-key-arn is another key than that of the destination, which is not deployed yet; use one for both");
            }
        }
    }

    private static void addOtherBuckets(ArrayNode buckets, DeliveryPlan plan) {
        TreeSet<String> others = new TreeSet<>();
        others.add(plan.sink().ledger().bucket());
        if (plan.backup() != null) {
            others.add(plan.backup().bucket());
        }
        others.remove(plan.sink().bucket());
        others.forEach(buckets::add);
    }

    private static void putIfGiven(ObjectNode object, String field, String value) {
        if (value != null) {
            object.put(field, value);
        }
    }

    private static String literal(String prefix) {
        int expression = prefix.indexOf("!{");
        return expression < 0 ? prefix : prefix.substring(0, expression);
    }

    private static void merge(ObjectNode document, JsonNode over) {
        over.fields()
                .forEachRemaining(
                        field -> {
                            if (field.getValue().isNull()) {
                                document.remove(field.getKey());
                            } else if (field.getValue().isObject()
                                    && document.path(field.getKey()).isObject()) {
                                merge((ObjectNode) document.get(field.getKey()), field.getValue());
                            } else {
                                document.set(field.getKey(), field.getValue());
                            }
                        });
    }
}
