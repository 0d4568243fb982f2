package io.hydrant.template;

import io.hydrant.core.options.NearestName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the values of a template are as far as the template says: parameters by their defaults or
 * what is given for them, mappings, conditions, and names that resources have been given. What only
 * a deployed stack knows stays an {@link UnknownValue}.
 *
 * <p>Values have no types, which CloudFormation does not keep apart: a text that holds a number is
 * a number where one belongs, and a number a text.
 *
 * <p>Source: CloudFormation template reference, "Intrinsic function reference", "Condition
 * functions", "Pseudo parameters reference", "Parameters".
 */
public final class StackValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PSEUDO = "AWS::";
    private static final String PARAMETERS = "Parameters";
    private static final String RESOURCES = "Resources";
    private static final String CONDITION = "Condition";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    /** Of the pseudo parameters those that are the same nearly everywhere. */
    private static final Map<String, String> COMMON =
            Map.of("AWS::Partition", "aws", "AWS::URLSuffix", "amazonaws.com");

    private static final Set<String> PSEUDO_PARAMETERS =
            Set.of(
                    "AWS::AccountId",
                    "AWS::Partition",
                    "AWS::Region",
                    "AWS::StackId",
                    "AWS::StackName",
                    "AWS::URLSuffix");

    /** Which property Ref is of a resource, where that can be given. */
    private static final Map<String, String> NAMES =
            Map.of(
                    "AWS::S3::Bucket", "BucketName",
                    "AWS::Kinesis::Stream", "Name",
                    "AWS::IAM::Role", "RoleName",
                    "AWS::Lambda::Function", "FunctionName",
                    "AWS::Logs::LogGroup", "LogGroupName",
                    "AWS::Glue::Database", "DatabaseInput.Name",
                    "AWS::Glue::Table", "TableInput.Name");

    private static final Map<String, String> ARNS =
            Map.of(
                    "AWS::S3::Bucket", "arn:${AWS::Partition}:s3:::",
                    "AWS::Kinesis::Stream",
                            "arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/",
                    "AWS::IAM::Role", "arn:${AWS::Partition}:iam::${AWS::AccountId}:role",
                    "AWS::Lambda::Function",
                            "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:");

    private final ObjectNode template;
    private final Map<String, String> given;

    /** Conditions under way, so that one that needs itself ends. */
    private final Set<String> conditions = new HashSet<>();

    /**
     * The values of a template.
     *
     * @param given what is known besides: of parameters by name, and of resources what Ref gives by
     *     name or what Fn::GetAtt gives by {@code NAME.ATTRIBUTE}
     */
    public StackValues(ObjectNode template, Map<String, String> given) {
        this.template = template;
        this.given = Map.copyOf(given);
    }

    /**
     * What is wrong with what was given: nothing in the template has that name, or it may not be
     * that.
     *
     * @param place what stands before a name in a message
     */
    public List<String> problemsWithGiven(String place) {
        List<String> problems = new ArrayList<>();
        given.forEach((name, value) -> judge(place + name + ": ", name, value, problems));
        return problems;
    }

    private void judge(String place, String name, String value, List<String> problems) {
        JsonNode declared = template.path(PARAMETERS).path(name);
        boolean isResource = template.path(RESOURCES).has(name.split("\\.", 2)[0]);
        if (declared.isMissingNode() && !isResource && !PSEUDO_PARAMETERS.contains(name)) {
            Set<String> names = new TreeSet<>(PSEUDO_PARAMETERS);
            template.path(PARAMETERS).fieldNames().forEachRemaining(names::add);
            problems.add(
                    place + "the template has no such parameter" + NearestName.hint(name, names));
        }
        List<String> allowed = new ArrayList<>();
        declared.path("AllowedValues").forEach(each -> allowed.add(each.asText()));
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            problems.add(place + "'" + value + "' is not allowed; " + String.join(" or ", allowed));
        }
    }

    /**
     * The function that stands in a value's place, and that only CloudFormation knows the value of;
     * null where it is a value.
     */
    public static String functionIn(JsonNode value) {
        if (value == null || !value.isObject() || value.size() != 1) {
            return null;
        }
        String only = value.fieldNames().next();
        return only.equals("Ref") || only.startsWith("Fn::") ? only : null;
    }

    /** Whether a resource is made; one whose condition is not known may be. */
    public boolean isMade(JsonNode resource) {
        JsonNode condition = resource.path(CONDITION);
        return !condition.isTextual() || !Boolean.FALSE.equals(condition(condition.textValue()));
    }

    /** A value with all that is known in its place; missing where it is {@code AWS::NoValue}. */
    public JsonNode resolve(JsonNode value) {
        String function = functionIn(value);
        if (function != null) {
            Lacking lacking = new Lacking();
            JsonNode resolved = evaluate(function, value.get(function), lacking);
            return resolved == null
                    ? UnknownValue.ofFunction(function, lacking).asNode()
                    : resolved;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode resolved = resolve(field.getValue());
                if (!resolved.isMissingNode()) {
                    copy.set(field.getKey(), resolved);
                }
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            for (JsonNode element : array) {
                JsonNode resolved = resolve(element);
                if (!resolved.isMissingNode()) {
                    copy.add(resolved);
                }
            }
            return copy;
        }
        return value.isValueNode() && !value.isNull() && !value.isPojo()
                ? new GivenText(value.asText()).asNode()
                : value;
    }

    /**
     * What a function gives; null where only CloudFormation knows.
     *
     * @param lacking gets what could be set so that it were known
     */
    private JsonNode evaluate(String function, JsonNode argument, Lacking lacking) {
        return switch (function) {
            case "Ref" -> reference(argument.asText(), lacking);
            case "Fn::GetAtt" -> text(attribute(argument, lacking));
            case "Fn::Sub" -> text(substituted(argument, lacking));
            case "Fn::Join" -> text(joined(argument, lacking));
            case "Fn::Split" -> split(argument, lacking);
            case "Fn::Select" -> selected(argument, lacking);
            case "Fn::FindInMap" -> mapped(argument, lacking);
            case "Fn::Base64" -> {
                String plain = textOf(argument, lacking);
                yield plain == null
                        ? null
                        : text(
                                Base64.getEncoder()
                                        .encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
            }
            case "Fn::If" -> {
                Boolean isMet = condition(argument.path(0).asText());
                if (isMet == null) {
                    lackingIn(argument.path(0).asText(), lacking);
                    yield null;
                }
                yield resolve(argument.path(isMet ? 1 : 2));
            }
            default -> null;
        };
    }

    private JsonNode reference(String name, Lacking lacking) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        JsonNode declared = template.path(PARAMETERS).path(name);
        if (declared.isObject() || name.startsWith(PSEUDO)) {
            String value = parameter(name, declared);
            if (value == null) {
                lacking.parameters().add(name);
                return null;
            }
            String type = declared.path("Type").asText();
            return type.startsWith("List<") || type.equals("CommaDelimitedList")
                    ? list(List.of(value.split("\\s*,\\s*", -1)))
                    : text(value);
        }
        return text(resourceName(name, lacking));
    }

    private String parameter(String name, JsonNode declared) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        // The default of such a one is the name of what holds the value.
        boolean isElsewhere = declared.path("Type").asText().startsWith("AWS::SSM::");
        JsonNode ownDefault = declared.path("Default");
        return ownDefault.isValueNode() && !ownDefault.isNull() && !isElsewhere
                ? ownDefault.asText()
                : COMMON.get(name);
    }

    private String resourceName(String name, Lacking lacking) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        JsonNode resource = template.path(RESOURCES).path(name);
        String property = NAMES.get(resource.path("Type").asText());
        if (property == null) {
            lacking.resources().add(name);
            return null;
        }
        JsonNode value = resource.path("Properties");
        for (String step : property.split("\\.", -1)) {
            value = value.path(step);
        }
        String text = textOf(value, lacking);
        if (text == null) {
            lacking.resources().add(name);
        }
        return text;
    }

    private String attribute(JsonNode argument, Lacking lacking) {
        String[] parts =
                argument.isArray()
                        ? new String[] {argument.path(0).asText(), argument.path(1).asText()}
                        : argument.asText().split("\\.", 2);
        String whole = String.join(".", parts);
        if (given.containsKey(whole)) {
            return given.get(whole);
        }
        // Of what it is made of, only parameters are worth a word: the whole can be said.
        String value = knownAttribute(parts, new Lacking(lacking.parameters(), new TreeSet<>()));
        if (value == null) {
            lacking.resources().add(whole);
        }
        return value;
    }

    private String knownAttribute(String[] parts, Lacking lacking) {
        JsonNode resource = template.path(RESOURCES).path(parts[0]);
        String type = resource.path("Type").asText();
        if (parts.length < 2 || !parts[1].equals("Arn") || !ARNS.containsKey(type)) {
            return null;
        }
        String name = resourceName(parts[0], lacking);
        String begin = name == null ? null : substituted(ARNS.get(type), Map.of(), lacking);
        if (begin == null) {
            return null;
        }
        if (!type.equals("AWS::IAM::Role")) {
            return begin + name;
        }
        JsonNode path = resource.path("Properties").path("Path");
        String folder = path.isMissingNode() ? "/" : textOf(path, lacking);
        return folder == null ? null : begin + folder + name;
    }

    private String substituted(JsonNode argument, Lacking lacking) {
        if (!argument.isArray()) {
            return argument.isTextual()
                    ? substituted(argument.textValue(), Map.of(), lacking)
                    : null;
        }
        Map<String, JsonNode> own = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : argument.path(1).properties()) {
            own.put(each.getKey(), each.getValue());
        }
        return substituted(argument.path(0).asText(), own, lacking);
    }

    private String substituted(String text, Map<String, JsonNode> own, Lacking lacking) {
        StringBuilder substituted = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        boolean isKnown = true;
        while (reference.find()) {
            String name = reference.group(1).strip();
            String value;
            if (name.startsWith("!")) {
                value = "${" + name.substring(1) + "}";
            } else if (own.containsKey(name)) {
                value = textOf(own.get(name), lacking);
            } else if (name.contains(".")) {
                value = attribute(NODES.textNode(name), lacking);
            } else {
                JsonNode referred = reference(name, lacking);
                value = referred == null ? null : GivenText.in(referred);
            }
            isKnown &= value != null;
            reference.appendReplacement(
                    substituted, Matcher.quoteReplacement(value == null ? "" : value));
        }
        return isKnown ? reference.appendTail(substituted).toString() : null;
    }

    private String joined(JsonNode argument, Lacking lacking) {
        List<String> parts = textsOf(argument.path(1), lacking);
        return parts == null ? null : String.join(argument.path(0).asText(), parts);
    }

    private JsonNode split(JsonNode argument, Lacking lacking) {
        String text = textOf(argument.path(1), lacking);
        return text == null
                ? null
                : list(List.of(text.split(Pattern.quote(argument.path(0).asText()), -1)));
    }

    private JsonNode selected(JsonNode argument, Lacking lacking) {
        String index = textOf(argument.path(0), lacking);
        List<String> texts = textsOf(argument.path(1), lacking);
        boolean isOne =
                index != null
                        && texts != null
                        && index.matches("\\d{1,4}")
                        && Integer.parseInt(index) < texts.size();
        return isOne ? text(texts.get(Integer.parseInt(index))) : null;
    }

    private JsonNode mapped(JsonNode argument, Lacking lacking) {
        JsonNode value = template.path("Mappings");
        for (int i = 0; i < 3; i++) {
            String key = textOf(argument.path(i), lacking);
            if (key == null) {
                return null;
            }
            value = value.path(key);
        }
        if (value.isMissingNode()) {
            value = argument.path(3).path("DefaultValue");
        }
        return value.isMissingNode() ? null : resolve(value);
    }

    /** Whether a condition is met; null where that is not known. */
    private Boolean condition(String name) {
        JsonNode condition = template.path("Conditions").path(name);
        if (!conditions.add(name)) {
            return null;
        }
        try {
            return isMet(condition);
        } finally {
            conditions.remove(name);
        }
    }

    private Boolean isMet(JsonNode condition) {
        if (!condition.isObject() || condition.size() != 1) {
            return null;
        }
        String function = condition.fieldNames().next();
        JsonNode argument = condition.get(function);
        switch (function) {
            case CONDITION:
                return condition(argument.asText());
            case "Fn::Equals":
                String one = textOf(argument.path(0), new Lacking());
                String other = textOf(argument.path(1), new Lacking());
                return (one == null || other == null) ? null : Boolean.valueOf(one.equals(other));
            case "Fn::Not":
                Boolean inner = isMet(argument.path(0));
                return inner == null ? null : Boolean.valueOf(!inner);
            case "Fn::And":
                return among(argument, false);
            case "Fn::Or":
                return among(argument, true);
            default:
                return null;
        }
    }

    /** The deciding value where any has it, else its opposite, or null where one is not known. */
    private Boolean among(JsonNode all, boolean deciding) {
        boolean isKnown = true;
        for (JsonNode each : all) {
            Boolean isMet = isMet(each);
            if (isMet != null && isMet == deciding) {
                return isMet;
            }
            isKnown &= isMet != null;
        }
        return isKnown ? Boolean.valueOf(!deciding) : null;
    }

    /** Parameters without a value that a condition speaks of. */
    private void lackingIn(String name, Lacking lacking) {
        if (conditions.add(name)) {
            for (JsonNode each : template.path("Conditions").path(name).findValues("Ref")) {
                reference(each.asText(), lacking);
            }
            for (JsonNode each : template.path("Conditions").path(name).findValues(CONDITION)) {
                lackingIn(each.asText(), lacking);
            }
            conditions.remove(name);
        }
    }

    private String textOf(JsonNode value, Lacking lacking) {
        JsonNode resolved = resolve(value);
        UnknownValue unknown = UnknownValue.in(resolved);
        if (unknown != null) {
            lacking.addAll(unknown);
        }
        return GivenText.in(resolved);
    }

    private List<String> textsOf(JsonNode value, Lacking lacking) {
        JsonNode resolved = resolve(value);
        UnknownValue unknown = UnknownValue.in(resolved);
        if (unknown != null) {
            lacking.addAll(unknown);
        }
        if (!resolved.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        boolean isKnown = true;
        for (JsonNode each : resolved) {
            String text = textOf(each, lacking);
            isKnown &= text != null;
            texts.add(text);
        }
        return isKnown ? texts : null;
    }

    private static JsonNode text(String text) {
        return text == null ? null : new GivenText(text).asNode();
    }

    private static JsonNode list(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(each -> list.add(text(each)));
        return list;
    }
}
