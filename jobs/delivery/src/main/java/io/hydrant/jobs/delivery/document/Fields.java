package io.hydrant.jobs.delivery.document;

import io.hydrant.core.options.NearestName;
import io.hydrant.template.GivenText;
import io.hydrant.template.UnknownValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one JSON object, read one after the other. Each reading says what is allowed; what
 * is wrong becomes a problem and reads as null, so that reading goes on to the next problem. {@link
 * #done()} refuses the fields that nobody asked for.
 */
final class Fields {

    private final String path;
    private final ObjectNode node;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    Fields(String path, ObjectNode node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** Says that a field must be there. */
    void require(String name) {
        if (!has(name)) {
            problem(name, "is missing");
        }
    }

    /**
     * The text of a field that follows the rule, or null; where the document does not say it and it
     * is of no matter, what stands in.
     */
    String text(String name, TextRule rule) {
        JsonNode value = read(name, rule);
        if (value == null) {
            return null;
        }
        String text = GivenText.in(value) != null ? GivenText.in(value) : value.textValue();
        String problem = text == null ? shown(value) + " is not a text" : rule.problemWith(text);
        return problem == null ? text : refuse(name, problem);
    }

    /** As {@link #text}, of a value that no message shows. */
    String secret(String name, TextRule rule) {
        JsonNode value = read(name, rule);
        if (value == null) {
            return null;
        }
        String text = GivenText.in(value) != null ? GivenText.in(value) : value.textValue();
        String problem = text == null ? "(not shown) is not a text" : rule.problemWithSecret(text);
        return problem == null ? text : refuse(name, problem);
    }

    /** The whole number of a field, or null. */
    Integer integer(String name, int min, int max) {
        JsonNode value = typed(name);
        if (value == null) {
            return null;
        }
        String allowed = min + " to " + max;
        if (!value.isIntegralNumber()) {
            return refuse(name, shown(value) + " is not a whole number; " + allowed);
        }
        return value.canConvertToInt() && value.intValue() >= min && value.intValue() <= max
                ? Integer.valueOf(value.intValue())
                : refuse(name, shown(value) + " is not allowed; " + allowed);
    }

    /** The share that a field gives, 0 to 1, or null. */
    Double share(String name) {
        JsonNode value = typed(name);
        if (value == null) {
            return null;
        }
        return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1
                ? Double.valueOf(value.doubleValue())
                : refuse(name, shown(value) + " is not allowed; a number from 0 to 1");
    }

    /** The texts of a field that is an array of them; empty where there is none. */
    List<String> texts(String name, TextRule rule) {
        JsonNode value = typed(name);
        List<String> texts = new ArrayList<>();
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String given = GivenText.in(array.get(i));
                String text = given == null ? array.get(i).textValue() : given;
                String problem =
                        text == null
                                ? shown(array.get(i)) + " is not a text"
                                : rule.problemWith(text);
                if (problem == null) {
                    texts.add(text);
                } else {
                    problem(name + "[" + i + "]", problem);
                }
            }
        } else if (value != null) {
            problem(name, shown(value) + " is not an array");
        }
        return texts;
    }

    /** The truth of a field, or null. */
    Boolean flag(String name) {
        JsonNode value = typed(name);
        if (value == null) {
            return null;
        }
        return value.isBoolean()
                ? Boolean.valueOf(value.booleanValue())
                : refuse(name, shown(value) + " is not allowed; true or false");
    }

    /**
     * The text of a field that is one of some words, or null.
     *
     * @param built the words that mean something here
     * @param notBuilt the words that Firehose knows, too
     */
    String choice(String name, List<String> built, List<String> notBuilt) {
        return choice(name, built, notBuilt, String.join(" or ", built));
    }

    /**
     * As {@link #choice(String, List, List)}.
     *
     * @param wayOut what to do where a word of Firehose's is given
     */
    String choice(String name, List<String> built, List<String> notBuilt, String wayOut) {
        JsonNode value = read(name);
        if (value == null) {
            return null;
        }
        String text = GivenText.in(value) != null ? GivenText.in(value) : value.textValue();
        if (text != null && built.contains(text)) {
            return text;
        }
        String allowed = String.join(" or ", built);
        if (text != null && notBuilt.contains(text)) {
            return refuse(
                    name,
                    TextRule.quoted(text) + " is valid in Firehose but not built yet; " + wayOut);
        }
        return refuse(
                name,
                (text == null ? shown(value) : TextRule.quoted(text))
                        + " is not allowed; "
                        + allowed);
    }

    /** The fields of a field that is an object, or null. */
    Fields object(String name) {
        JsonNode value = typed(name);
        if (value == null) {
            return null;
        }
        return value instanceof ObjectNode object
                ? new Fields(path(name), object, problems)
                : refuse(name, shown(value) + " is not an object");
    }

    /** The fields of each object in a field that is an array; empty where there is none. */
    List<Fields> objects(String name) {
        JsonNode value = typed(name);
        List<Fields> elements = new ArrayList<>();
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                String element = name + "[" + i + "]";
                if (array.get(i) instanceof ObjectNode object) {
                    elements.add(new Fields(path(element), object, problems));
                } else {
                    problem(element, shown(array.get(i)) + " is not an object");
                }
            }
        } else if (value != null) {
            problem(name, shown(value) + " is not an array");
        }
        return elements;
    }

    /** Names of the fields, in the document's order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    /**
     * An option: a text, a number or a truth as text, a list of objects as its JSON; null for
     * others.
     */
    String option(String name) {
        JsonNode value = node.path(name);
        if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
            known.add(name);
            return value.toString();
        }
        return scalar(name);
    }

    /** A field whose value is a text, a number or a truth, as text; null for others. */
    String scalar(String name) {
        JsonNode value = read(name);
        if (value == null) {
            return null;
        }
        if (GivenText.in(value) != null) {
            return GivenText.in(value);
        }
        return value.isValueNode() && !value.isNull()
                ? value.asText()
                : refuse(name, shown(value) + " is not a text, a number, true or false");
    }

    /** Fields that Firehose knows and that need no reading, whatever they say. */
    void passOver(String... names) {
        known.addAll(List.of(names));
    }

    /** A field that Firehose knows and Hydrant does not do yet; refused where it is there. */
    void notBuilt(String name, String wayOut) {
        known.add(name);
        if (has(name)) {
            problem(name, "is valid in Firehose but not built yet; " + wayOut);
        }
    }

    /** How many problems the document has so far. */
    int problemCount() {
        return problems.all().size();
    }

    void problem(String name, String text) {
        problems.add(path(name), text);
    }

    void notice(String name, String text) {
        problems.notice(path(name), text);
    }

    /** Refuses the fields that were never asked for. */
    void done() {
        for (String name : names()) {
            if (!known.contains(name)) {
                problem(name, "is not a field here" + NearestName.hint(name, known));
            }
        }
    }

    private JsonNode read(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        UnknownValue unknown = UnknownValue.in(value);
        return unknown == null ? value : refuse(name, problemOf(unknown, path(name)));
    }

    /** A field's value; where it is not known and of no matter, what stands in. */
    private JsonNode read(String name, TextRule rule) {
        UnknownValue unknown = UnknownValue.in(node.get(name));
        String standIn =
                unknown == null || !problems.takesStandIns() ? null : rule.standIn(path(name));
        if (standIn == null) {
            return read(name);
        }
        known.add(name);
        problems.standIn(path(name), unknown.reason(), standIn);
        return JsonDocument.NODES.textNode(standIn);
    }

    /** A field's value, with a given text read as JSON. */
    private JsonNode typed(String name) {
        JsonNode value = read(name);
        String given = value == null ? null : GivenText.in(value);
        if (given == null) {
            return value;
        }
        JsonNode parsed = JsonDocument.valueOrNull(given);
        return parsed == null || parsed.isMissingNode()
                ? JsonDocument.NODES.textNode(given)
                : parsed;
    }

    /** What is wrong with a field whose value is not known, and the ways out. */
    private static String problemOf(UnknownValue unknown, String path) {
        StringBuilder text =
                new StringBuilder(unknown.reason())
                        .append("; put the value in its place, or give it with --set ")
                        .append(path)
                        .append("=VALUE");
        String separator = ", or what it stands for with --set ";
        for (String parameter : unknown.parameters()) {
            text.append(separator)
                    .append(StackTemplate.PARAMETER)
                    .append(parameter)
                    .append("=VALUE");
            separator = " --set ";
        }
        return text.toString();
    }

    private <T> T refuse(String name, String text) {
        problem(name, text);
        return null;
    }

    private static String shown(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "an array";
        }
        return value.isTextual() ? TextRule.quoted(value.textValue()) : value.asText();
    }
}
