package io.hydrant.sql.kda.application;

import io.hydrant.template.GivenText;
import io.hydrant.template.StackValues;
import io.hydrant.template.UnknownValue;

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
 * A template of CloudFormation, as people write it or the CDK synthesises it, as the document of
 * one application in it: its outputs and reference tables are resources of their own there. Which
 * one, {@code Hydrant.Application} says where there are several, by its name there or as a
 * resource.
 *
 * <p>What the template does not say is known to CloudFormation alone. {@code Hydrant.Resources}
 * says it, by parameter, resource or attribute: {@code "Clicks.Arn": "arn:…"}.
 *
 * <p>Source: CloudFormation template reference, {@code AWS::KinesisAnalytics::*} and {@code
 * AWS::KinesisAnalyticsV2::*}; "Intrinsic function reference".
 */
final class StackTemplate {

    private static final String RESOURCES = "Resources";
    private static final String HYDRANT = "Hydrant";
    private static final String APPLICATION = "Application";
    private static final String APPLICATION_NAME = "ApplicationName";
    private static final Pattern KIND =
            Pattern.compile(
                    "AWS::KinesisAnalytics(?:V2)?::(Application|ApplicationOutput|"
                            + "ApplicationReferenceDataSource)");

    /** What means nothing here, so that nobody has to say what stands there. */
    private static final Set<String> UNREAD =
            Set.of("RoleARN", "ReferenceRoleARN", "ServiceExecutionRole", "Tags", APPLICATION_NAME);

    private final JsonNode template;
    private final List<String> problems;
    private final StackValues values;

    private StackTemplate(ObjectNode template, List<String> problems) {
        this.template = template;
        this.problems = problems;
        Map<String, String> given = new HashMap<>();
        for (Map.Entry<String, JsonNode> said : said().properties()) {
            // An ARN stands for another ARN, and is no name in the template.
            if (!said.getKey().startsWith("arn:")) {
                given.put(said.getKey(), said.getValue().asText());
            }
        }
        values = new StackValues(template, given);
        problems.addAll(values.problemsWithGiven(HYDRANT + "." + RESOURCES + "."));
    }

    static boolean is(JsonNode root) {
        return root.path(RESOURCES).isObject();
    }

    /**
     * The application in a template, in the form that CreateApplication takes, with the template's
     * {@code Hydrant} object; what is wrong is added to the problems.
     */
    static ObjectNode application(ObjectNode template, List<String> problems) {
        return new StackTemplate(template, problems).application();
    }

    private JsonNode said() {
        return template.path(HYDRANT).path(RESOURCES);
    }

    private ObjectNode application() {
        Map<String, List<String>> names = new HashMap<>();
        for (Map.Entry<String, JsonNode> resource : template.path(RESOURCES).properties()) {
            Matcher kind = KIND.matcher(resource.getValue().path("Type").asText());
            if (kind.matches() && values.isMade(resource.getValue())) {
                names.computeIfAbsent(kind.group(1), k -> new ArrayList<>()).add(resource.getKey());
            }
        }
        List<String> applications = names.getOrDefault(APPLICATION, List.of());
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        String name = chosen(applications);
        if (name == null) {
            return application;
        }
        application.setAll((ObjectNode) known(properties(name), path(name)));
        if (!application.hasNonNull(APPLICATION_NAME)) {
            application.put(APPLICATION_NAME, name);
        }
        ObjectNode lists = lists(application);
        boolean isOnly = applications.size() == 1;
        add(lists, "Outputs", "Output", ofApplication(name, isOnly, names, "ApplicationOutput"));
        add(
                lists,
                "ReferenceDataSources",
                "ReferenceDataSource",
                ofApplication(name, isOnly, names, "ApplicationReferenceDataSource"));
        if (template.path(HYDRANT) instanceof ObjectNode ours) {
            ObjectNode left = ours.deepCopy();
            left.remove(APPLICATION);
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

    /** The resource that is to run; null, and a problem, where nobody can tell. */
    private String chosen(List<String> applications) {
        JsonNode said = template.path(HYDRANT).path(APPLICATION);
        if (said.isMissingNode()) {
            if (applications.size() == 1) {
                return applications.get(0);
            }
            problems.add(
                    RESOURCES
                            + (applications.isEmpty()
                                    ? ": has no AWS::KinesisAnalytics::Application and none of"
                                            + " AWS::KinesisAnalyticsV2"
                                    : ": has "
                                            + applications.size()
                                            + " applications, "
                                            + String.join(", ", applications)
                                            + "; say in Hydrant which is to run, as \"Application\": \""
                                            + applications.get(0)
                                            + "\""));
            return null;
        }
        if (said.isTextual() && applications.contains(said.asText())) {
            return said.asText();
        }
        List<String> named =
                applications.stream()
                        .filter(one -> said.isTextual() && said.asText().equals(nameOf(one)))
                        .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        problems.add(
                HYDRANT
                        + "."
                        + APPLICATION
                        + ": "
                        + said
                        + " is none of the template's applications, which are "
                        + (applications.isEmpty() ? "none" : String.join(", ", applications)));
        return null;
    }

    /** The resources of a kind that belong to an application, which each of them names. */
    private List<String> ofApplication(
            String application, boolean isOnly, Map<String, List<String>> names, String kind) {
        List<String> all = names.getOrDefault(kind, List.of());
        return isOnly ? all : all.stream().filter(one -> belongs(one, application)).toList();
    }

    private boolean belongs(String resource, String application) {
        JsonNode written = written(resource);
        if (written.path("Ref").isTextual()
                && template.path(RESOURCES).has(written.path("Ref").asText())) {
            return written.path("Ref").asText().equals(application);
        }
        String name = nameOf(resource);
        String wanted = nameOf(application);
        if (name != null && wanted != null) {
            return name.equals(wanted);
        }
        if (name == null && !written.equals(written(application))) {
            problems.add(
                    path(resource)
                            + "."
                            + APPLICATION_NAME
                            + ": nobody can tell which of the applications it is; write it as"
                            + " {\"Ref\": …}, or leave one application in");
        }
        return written.equals(written(application));
    }

    /** The name of an application, or that a resource belongs to; null where it is not known. */
    private String nameOf(String resource) {
        JsonNode name = properties(resource).path(APPLICATION_NAME);
        String given = GivenText.in(name);
        return given == null && name.isTextual() ? name.asText() : given;
    }

    private JsonNode written(String resource) {
        return template.path(RESOURCES).path(resource).path("Properties").path(APPLICATION_NAME);
    }

    /** Where the lists of inputs and outputs are: the second version has them further inside. */
    private static ObjectNode lists(ObjectNode application) {
        return application.path("ApplicationConfiguration") instanceof ObjectNode configuration
                ? configuration.withObjectProperty("SqlApplicationConfiguration")
                : application;
    }

    private void add(ObjectNode lists, String list, String property, List<String> names) {
        for (String name : names) {
            JsonNode value = known(properties(name), path(name)).path(property);
            if (value.isObject()) {
                lists.withArrayProperty(list).add(value);
            } else {
                problems.add(path(name) + "." + property + ": is missing");
            }
        }
    }

    private JsonNode properties(String name) {
        JsonNode properties =
                values.resolve(template.path(RESOURCES).path(name).path("Properties"));
        return properties.isObject() ? properties : JsonNodeFactory.instance.objectNode();
    }

    private static String path(String name) {
        return RESOURCES + "." + name + ".Properties";
    }

    /** A value as the service takes it; what is not known of it is a problem. */
    private JsonNode known(JsonNode value, String path) {
        UnknownValue unknown = UnknownValue.in(value);
        if (unknown != null) {
            problems.add(
                    path
                            + ": "
                            + unknown.reason()
                            + "; say it in Hydrant, as \"Resources\": "
                            + lacking(unknown));
            return TextNode.valueOf("");
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!isUnread(field.getKey(), field.getValue())) {
                    copy.set(field.getKey(), known(field.getValue(), path + "." + field.getKey()));
                }
            }
            // Templates do not tell numbers from texts.
            if (copy.path("Count").asText().matches("\\d{1,9}")) {
                copy.set("Count", IntNode.valueOf(copy.get("Count").asInt()));
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(known(array.get(i), path + "[" + i + "]"));
            }
            return copy;
        }
        String text = GivenText.in(value);
        return text == null ? value : TextNode.valueOf(text);
    }

    private static boolean isUnread(String name, JsonNode value) {
        return UNREAD.contains(name) && (value.isContainerNode() || UnknownValue.in(value) != null);
    }

    /** What would make a value known, as an object to copy. */
    private static String lacking(UnknownValue unknown) {
        List<String> names =
                unknown.resources().isEmpty() ? unknown.parameters() : unknown.resources();
        return names.stream()
                .map(name -> "\"" + name + "\": \"…\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
