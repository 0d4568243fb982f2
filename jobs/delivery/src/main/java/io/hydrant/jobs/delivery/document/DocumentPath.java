package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a JSON document, written as in error messages: {@code A.B[0].C}. */
final class DocumentPath {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d{1,4}])*)");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,4})]");

    /** Names as {@code String}, array positions as {@code Integer}; begins with a name. */
    private final List<Object> steps;

    private DocumentPath(List<Object> steps) {
        this.steps = steps;
    }

    /** The path, or null where the text is none. */
    static DocumentPath parse(String text) {
        List<Object> steps = new ArrayList<>();
        int next = 0;
        Matcher step = STEP.matcher(text);
        while (step.region(next, text.length()).lookingAt()) {
            steps.add(step.group(1));
            Matcher index = INDEX.matcher(step.group(2));
            while (index.find()) {
                steps.add(Integer.valueOf(index.group(1)));
            }
            if (step.end() == text.length()) {
                return new DocumentPath(steps);
            }
            if (text.charAt(step.end()) != '.') {
                return null;
            }
            next = step.end() + 1;
        }
        return null;
    }

    /**
     * Puts a value there; objects and the next element of an array are made on the way.
     *
     * @return null, or what is in the way
     */
    String put(ObjectNode root, JsonNode value) {
        JsonNode at = root;
        for (int i = 0; i < steps.size(); i++) {
            boolean isLast = i == steps.size() - 1;
            Object step = steps.get(i);
            JsonNode child = isLast ? value : childOrNew(at, i);
            if (step instanceof String name && at instanceof ObjectNode object) {
                object.set(name, child);
            } else if (step instanceof Integer index && at instanceof ArrayNode array) {
                if (index > array.size()) {
                    return "has "
                            + array.size()
                            + " elements; the next one to add is ["
                            + array.size()
                            + "]";
                }
                if (index == array.size()) {
                    array.add(child);
                } else {
                    array.set(index, child);
                }
            } else {
                return step instanceof Integer
                        ? "is not an array; write it without [" + step + "]"
                        : "is not an object, so it has no '" + step + "'";
            }
            at = child;
        }
        return null;
    }

    private JsonNode childOrNew(JsonNode at, int i) {
        JsonNode child =
                steps.get(i) instanceof String name
                        ? at.get(name)
                        : at.get(((Integer) steps.get(i)).intValue());
        if (child != null) {
            return child;
        }
        return steps.get(i + 1) instanceof String
                ? JsonDocument.NODES.objectNode()
                : JsonDocument.NODES.arrayNode();
    }
}
