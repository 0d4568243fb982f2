package io.hydrant.sql.kda.application;

import io.hydrant.core.options.NearestName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of one JSON object, read one after the other. What is wrong becomes a problem and
 * reads as null, so that one reading finds everything; {@link #done} refuses the fields that nobody
 * asked for.
 */
final class Fields {

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    Fields(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        known.add(name);
        return node.hasNonNull(name);
    }

    /** The one of two names that is there: a field's, or what a description calls it. */
    String either(String name, String described) {
        known.add(name);
        known.add(described);
        return !node.has(name) && node.has(described) ? described : name;
    }

    /** The text of a field, or null; its length in characters is checked. */
    String text(String name, int min, int max) {
        JsonNode value = read(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return refuse(name, shown(value) + " is not a text");
        }
        int length = value.textValue().length();
        return length >= min && length <= max
                ? value.textValue()
                : refuse(
                        name,
                        shown(value)
                                + " has "
                                + length
                                + " characters; "
                                + min
                                + " to "
                                + max
                                + " are allowed");
    }

    /** The text of a field that must be there. */
    String required(String name, int min, int max) {
        return must(name) ? text(name, min, max) : null;
    }

    /** The text of a field that has the shape of a pattern, or null. */
    String shaped(String name, String pattern, String shape) {
        String text = text(name, 1, 2048);
        return text == null || text.matches(pattern)
                ? text
                : refuse(name, shown(read(name)) + " is not allowed; " + shape);
    }

    /** The word of a field that is one of some, or null. */
    String choice(String name, String... words) {
        String text = text(name, 1, 64);
        return text == null || List.of(words).contains(text)
                ? text
                : refuse(
                        name, shown(read(name)) + " is not allowed; " + String.join(" or ", words));
    }

    /** The whole number of a field, or null. */
    Integer integer(String name, int min, int max) {
        JsonNode value = read(name);
        if (value == null) {
            return null;
        }
        return value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= min
                        && value.intValue() <= max
                ? Integer.valueOf(value.intValue())
                : refuse(name, shown(value) + " is not allowed; " + min + " to " + max);
    }

    /** The fields of a field that is an object, or null. */
    Fields object(String name) {
        JsonNode value = read(name);
        if (value == null) {
            return null;
        }
        return value.isObject()
                ? new Fields(path(name), value, problems)
                : refuse(name, shown(value) + " is not an object");
    }

    /** The fields of a field that must be an object. */
    Fields requiredObject(String name) {
        return must(name) ? object(name) : null;
    }

    /** The fields of each object in a field that is an array; empty where there is none. */
    List<Fields> objects(String name) {
        JsonNode value = read(name);
        List<Fields> elements = new ArrayList<>();
        if (value != null && !value.isArray()) {
            problem(name, shown(value) + " is not an array");
        } else if (value != null) {
            for (int i = 0; i < value.size(); i++) {
                String element = name + "[" + i + "]";
                if (value.get(i).isObject()) {
                    elements.add(new Fields(path(element), value.get(i), problems));
                } else {
                    problem(element, shown(value.get(i)) + " is not an object");
                }
            }
        }
        return elements;
    }

    /** The values of all fields that were not asked for, as texts. */
    Map<String, String> otherTexts() {
        Map<String, String> texts = new TreeMap<>();
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (known.contains(name)) {
                continue;
            }
            JsonNode value = node.get(name);
            if (value.isContainerNode() || value.isNull()) {
                problem(name, shown(value) + " is not a text, a number, true or false");
            } else {
                texts.put(name, value.asText());
            }
        }
        known.addAll(texts.keySet());
        return texts;
    }

    /** Fields that AWS knows and that mean nothing here, whatever they say. */
    void passOver(String... names) {
        known.addAll(List.of(names));
    }

    void problem(String name, String text) {
        problems.add((name.isEmpty() ? path : path(name)) + ": " + text);
    }

    /** Refuses the fields that were never asked for. */
    void done() {
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (!known.contains(name)) {
                problem(name, "is not a field here" + NearestName.hint(name, known));
            }
        }
    }

    /** A value as messages show it: as it would stand in JSON, and cut where it is long. */
    static String shown(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "an array" : "an object";
        }
        String text = value.asText();
        if (!value.isTextual()) {
            return text;
        }
        return JsonNodeFactory.instance
                .textNode(text.length() <= 80 ? text : text.substring(0, 80) + "…")
                .toString();
    }

    private boolean must(String name) {
        boolean there = has(name);
        if (!there) {
            problem(name, "is missing");
        }
        return there;
    }

    private JsonNode read(String name) {
        return has(name) ? node.get(name) : null;
    }

    private <T> T refuse(String name, String text) {
        problem(name, text);
        return null;
    }
}
