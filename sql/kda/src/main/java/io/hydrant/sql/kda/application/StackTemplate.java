package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A template of CloudFormation, as people write it in JSON or the CDK synthesises it, as the
 * document of the one application in it: its outputs and reference tables are resources of their
 * own there.
 *
 * <p>What a function such as {@code Fn::GetAtt} gives is known to CloudFormation alone. {@code
 * Hydrant.Resources} says it, by the function's argument: {@code "Clicks.Arn": "arn:…"}; of a
 * parameter its default does.
 *
 * <p>Source: CloudFormation template reference, {@code AWS::KinesisAnalytics::*} and {@code
 * AWS::KinesisAnalyticsV2::*}; "Intrinsic function reference".
 */
final class StackTemplate {

    private static final String RESOURCES = "Resources";
    private static final String HYDRANT = "Hydrant";
    private static final Pattern KIND =
            Pattern.compile(
                    "AWS::KinesisAnalytics(?:V2)?::(Application|ApplicationOutput|"
                            + "ApplicationReferenceDataSource)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

    /** What means nothing here, so that nobody has to say what stands there. */
    private static final Set<String> UNREAD =
            Set.of(
                    "RoleARN",
                    "ReferenceRoleARN",
                    "ServiceExecutionRole",
                    "Tags",
                    "ApplicationName");

    private final JsonNode template;
    private final List<String> problems;
    private final Map<String, String> known = new HashMap<>();

    private StackTemplate(JsonNode template, List<String> problems) {
        this.template = template;
        this.problems = problems;
        known.put("AWS::Partition", "aws");
        known.put("AWS::URLSuffix", "amazonaws.com");
        for (Map.Entry<String, JsonNode> parameter : template.path("Parameters").properties()) {
            JsonNode ifLeftOut = parameter.getValue().path("Default");
            if (ifLeftOut.isValueNode()) {
                known.put(parameter.getKey(), ifLeftOut.asText());
            }
        }
        for (Map.Entry<String, JsonNode> given : said().properties()) {
            known.put(given.getKey(), given.getValue().asText());
        }
    }

    static boolean is(JsonNode root) {
        return root.path(RESOURCES).isObject();
    }

    /**
     * The application in a template, in the form that CreateApplication takes, with the template's
     * {@code Hydrant} object; what is wrong is added to the problems.
     */
    static ObjectNode application(JsonNode template, List<String> problems) {
        return new StackTemplate(template, problems).application();
    }

    private JsonNode said() {
        return template.path(HYDRANT).path(RESOURCES);
    }

    private ObjectNode application() {
        Map<String, List<String>> names = new HashMap<>();
        for (Map.Entry<String, JsonNode> resource : template.path(RESOURCES).properties()) {
            Matcher kind = KIND.matcher(resource.getValue().path("Type").asText());
            if (kind.matches()) {
                names.computeIfAbsent(kind.group(1), k -> new ArrayList<>()).add(resource.getKey());
            }
        }
        List<String> applications = names.getOrDefault("Application", List.of());
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        if (applications.size() != 1) {
            problems.add(
                    RESOURCES
                            + (applications.isEmpty()
                                    ? ": has no AWS::KinesisAnalytics::Application and none of"
                                            + " AWS::KinesisAnalyticsV2"
                                    : ": has "
                                            + applications.size()
                                            + " applications, "
                                            + String.join(", ", applications)
                                            + "; leave the one in that is to run"));
            return application;
        }
        String name = applications.get(0);
        application.setAll((ObjectNode) resolved(properties(name), path(name)));
        if (!application.hasNonNull("ApplicationName")) {
            application.put("ApplicationName", name);
        }
        ObjectNode lists = lists(application);
        add(lists, "Outputs", "Output", names.getOrDefault("ApplicationOutput", List.of()));
        add(
                lists,
                "ReferenceDataSources",
                "ReferenceDataSource",
                names.getOrDefault("ApplicationReferenceDataSource", List.of()));
        if (template.path(HYDRANT) instanceof ObjectNode ours) {
            ObjectNode left = ours.deepCopy();
            if (left.path(RESOURCES) instanceof ObjectNode resources) {
                // The others stand for functions, and are in their places already.
                resources.retain(
                        resources.properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(key -> key.startsWith("arn:"))
                                .collect(Collectors.toList()));
            }
            application.set(HYDRANT, left);
        }
        return application;
    }

    /** Where the lists of inputs and outputs are: the second version has them further inside. */
    private static ObjectNode lists(ObjectNode application) {
        return application.path("ApplicationConfiguration") instanceof ObjectNode configuration
                ? configuration.withObjectProperty("SqlApplicationConfiguration")
                : application;
    }

    private void add(ObjectNode lists, String list, String property, List<String> names) {
        for (String name : names) {
            JsonNode value = resolved(properties(name), path(name)).path(property);
            if (value.isObject()) {
                lists.withArrayProperty(list).add(value);
            } else {
                problems.add(path(name) + "." + property + ": is missing");
            }
        }
    }

    private JsonNode properties(String name) {
        JsonNode properties = template.path(RESOURCES).path(name).path("Properties");
        return properties.isObject() ? properties : JsonNodeFactory.instance.objectNode();
    }

    private static String path(String name) {
        return RESOURCES + "." + name + ".Properties";
    }

    /** A value with what its functions give in their places. */
    private JsonNode resolved(JsonNode value, String path) {
        String function = function(value);
        if (function != null) {
            String text = text(value);
            if (text != null) {
                return TextNode.valueOf(text);
            }
            problems.add(
                    path
                            + ": what "
                            + function
                            + " gives is known to CloudFormation alone; say it in Hydrant, as"
                            + " \"Resources\": {\""
                            + missing(value)
                            + "\": \"…\"}");
            return TextNode.valueOf("");
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode of = field.getValue();
                boolean nothing = "AWS::NoValue".equals(of.path("Ref").textValue());
                boolean unread = UNREAD.contains(field.getKey()) && of.isContainerNode();
                if (!nothing && !unread) {
                    copy.set(field.getKey(), resolved(of, path + "." + field.getKey()));
                } else if (unread && function(of) != null && text(of) != null) {
                    copy.put(field.getKey(), text(of));
                }
            }
            // A number may stand as a text in a template.
            if (copy.path("Count").isTextual() && copy.get("Count").asText().matches("\\d{1,9}")) {
                copy.set("Count", IntNode.valueOf(Integer.parseInt(copy.get("Count").asText())));
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(resolved(array.get(i), path + "[" + i + "]"));
            }
            return copy;
        }
        return value;
    }

    /** The function that stands in a value's place; null where it is a value. */
    private static String function(JsonNode value) {
        if (!value.isObject() || value.size() != 1) {
            return null;
        }
        String only = value.fieldNames().next();
        return only.equals("Ref") || only.startsWith("Fn::") ? only : null;
    }

    /** The text that a value or a function gives; null where that is not known. */
    private String text(JsonNode value) {
        String function = function(value);
        if (function == null) {
            return value.isValueNode() ? value.asText() : null;
        }
        JsonNode argument = value.get(function);
        return switch (function) {
            case "Ref", "Fn::GetAtt" -> known.get(argument(argument));
            case "Fn::Join" -> joined(argument);
            case "Fn::Sub" -> substituted(argument);
            default -> null;
        };
    }

    private static String argument(JsonNode argument) {
        if (!argument.isArray()) {
            return argument.asText();
        }
        List<String> parts = new ArrayList<>();
        argument.forEach(part -> parts.add(part.asText()));
        return String.join(".", parts);
    }

    private String joined(JsonNode argument) {
        List<String> parts = new ArrayList<>();
        for (JsonNode part : argument.path(1)) {
            String text = text(part);
            if (text == null) {
                return null;
            }
            parts.add(text);
        }
        return String.join(argument.path(0).asText(), parts);
    }

    private String substituted(JsonNode argument) {
        String text = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode own = argument.path(1);
        StringBuilder result = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(2);
            // ${!name} stands for ${name} itself.
            String value =
                    !variable.group(1).isEmpty()
                            ? "${" + name + "}"
                            : own.has(name) ? text(own.get(name)) : known.get(name);
            if (value == null) {
                return null;
            }
            variable.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(result).toString();
    }

    /** The first argument of a function that nothing is known of. */
    private String missing(JsonNode value) {
        String function = function(value);
        JsonNode argument = value.get(function);
        if (function.equals("Fn::Join")) {
            for (JsonNode part : argument.path(1)) {
                if (text(part) == null && function(part) != null) {
                    return missing(part);
                }
            }
        }
        if (function.equals("Fn::Sub")) {
            String text = argument.isArray() ? argument.path(0).asText() : argument.asText();
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                if (!known.containsKey(variable.group(2))) {
                    return variable.group(2);
                }
            }
        }
        return argument(argument);
    }
}
