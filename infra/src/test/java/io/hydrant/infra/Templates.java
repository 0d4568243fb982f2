package io.hydrant.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A template of CloudFormation as tests look at it. */
record Templates(JsonNode root) {

    static Templates read(Path file) throws IOException {
        return new Templates(new ObjectMapper().readTree(file.toFile()));
    }

    /** Properties of the only resource of a type. */
    JsonNode only(String type) {
        List<JsonNode> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of type " + type);
        }
        return found.get(0).path("Properties");
    }

    /** The resources of a type, in the order of the template. */
    List<JsonNode> all(String type) {
        List<JsonNode> found = new ArrayList<>();
        root.path("Resources")
                .forEach(
                        resource -> {
                            if (resource.path("Type").asText().equals(type)) {
                                found.add(resource);
                            }
                        });
        return found;
    }

    /** Everything that roles of the template may do, a line each: action, resource, condition. */
    List<String> permissions() {
        List<String> lines = new ArrayList<>();
        for (JsonNode role : all("AWS::IAM::Role")) {
            for (JsonNode policy : role.path("Properties").path("Policies")) {
                policy.path("PolicyDocument")
                        .path("Statement")
                        .forEach(statement -> addLines(statement, lines));
            }
        }
        if (!all("AWS::IAM::Policy").isEmpty() || !all("AWS::IAM::ManagedPolicy").isEmpty()) {
            throw new AssertionError("a policy that is not part of its role");
        }
        return lines;
    }

    private static void addLines(JsonNode statement, List<String> lines) {
        if (!statement.path("Effect").asText().equals("Allow")
                || statement.has("NotAction")
                || statement.has("NotResource")) {
            throw new AssertionError("not a plain permission: " + statement);
        }
        for (JsonNode action : each(statement.path("Action"))) {
            for (JsonNode resource : each(statement.path("Resource"))) {
                JsonNode condition = statement.path("Condition");
                lines.add(
                        action.asText()
                                + " "
                                + text(resource)
                                + (condition.isMissingNode() ? "" : " if " + condition(condition)));
            }
        }
    }

    private static String condition(JsonNode condition) {
        List<String> parts = new ArrayList<>();
        condition
                .fields()
                .forEachRemaining(
                        operator ->
                                operator.getValue()
                                        .fields()
                                        .forEachRemaining(
                                                key ->
                                                        parts.add(
                                                                operator.getKey()
                                                                        + " "
                                                                        + key.getKey()
                                                                        + " "
                                                                        + text(key.getValue()))));
        return String.join(", ", parts);
    }

    /** A value with its joins and references written out. */
    static String text(JsonNode value) {
        if (value.has("Ref")) {
            return "<" + value.path("Ref").asText().replace("AWS::", "") + ">";
        }
        if (value.has("Fn::Join")) {
            StringBuilder text = new StringBuilder();
            value.path("Fn::Join").get(1).forEach(part -> text.append(text(part)));
            return text.toString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Iterable<JsonNode> each(JsonNode value) {
        return value.isArray() ? value : List.of(value);
    }
}
