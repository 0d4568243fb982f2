package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSONPath of the kind that schemas have: names, array positions, and {@code [0:]} for a whole
 * array.
 *
 * <p>Source: developer guide, "Working with JSONPath". As there, names are case sensitive, a path
 * that leads nowhere is null, and a whole array is either the last step (its text is the value) or
 * is followed by further ones (each element is a row of its own). In {@code ['name']} a backslash
 * takes a quote or a backslash behind it as it is.
 */
final class ColumnPath implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The step into every element of an array. */
    private enum Whole {
        ARRAY;

        @Override
        public String toString() {
            return "[0:]";
        }
    }

    /** Names as {@code String}, positions as {@code Integer}, {@link Whole} for whole arrays. */
    private final ArrayList<Object> steps;

    private ColumnPath(List<Object> steps) {
        this.steps = new ArrayList<>(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static ColumnPath parse(String text) {
        if (!text.startsWith("$")) {
            throw new IllegalArgumentException("does not begin with $; a path looks like $.a.b");
        }
        List<Object> steps = new ArrayList<>();
        int at = 1;
        while (at < text.length()) {
            if (text.charAt(at) == '.') {
                int end = at + 1;
                while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                if (end == at + 1) {
                    throw new IllegalArgumentException("has a step without a name");
                }
                steps.add(text.substring(at + 1, end));
                at = end;
            } else if (text.startsWith("['", at) || text.startsWith("[\"", at)) {
                StringBuilder name = new StringBuilder();
                at = quoted(text, at + 1, name);
                steps.add(name.toString());
            } else {
                int end = text.indexOf(']', at);
                if (text.charAt(at) != '[' || end < 0) {
                    throw new IllegalArgumentException(
                            "has neither a . nor a [ at character " + (at + 1));
                }
                steps.add(position(text.substring(at + 1, end)));
                at = end + 1;
            }
        }
        return new ColumnPath(steps);
    }

    /** Reads a name in quotes, and answers what is behind the bracket that follows it. */
    private static int quoted(String text, int quote, StringBuilder name) {
        String end = text.charAt(quote) + "]";
        int at = quote + 1;
        while (at < text.length()) {
            if (text.startsWith(end, at)) {
                return at + 2;
            }
            boolean escaped =
                    text.charAt(at) == '\\'
                            && at + 1 < text.length()
                            && "'\"\\".indexOf(text.charAt(at + 1)) >= 0;
            at = escaped ? at + 1 : at;
            name.append(text.charAt(at));
            at++;
        }
        throw new IllegalArgumentException("has a ['name'] that does not end");
    }

    private static Object position(String text) {
        String plain = text.trim();
        if (plain.equals("0:") || plain.equals("*")) {
            return Whole.ARRAY;
        }
        if (!plain.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "has [" + text + "]; [0:] is the whole array and [2] its third element");
        }
        return Integer.valueOf(plain);
    }

    /** Whether the path is {@code $}. */
    boolean isRoot() {
        return steps.isEmpty();
    }

    /** The array each of whose elements becomes a row, or null where the path has none. */
    ColumnPath flattened() {
        int whole = steps.indexOf(Whole.ARRAY);
        return whole < 0 || whole == steps.size() - 1
                ? null
                : new ColumnPath(steps.subList(0, whole));
    }

    /** The way from an element of {@link #flattened()} on. */
    ColumnPath withinElement() {
        return new ColumnPath(steps.subList(steps.indexOf(Whole.ARRAY) + 1, steps.size()));
    }

    /** The path without a whole array at its end, or itself. */
    ColumnPath withoutWholeAtEnd() {
        return !isRoot() && steps.get(steps.size() - 1) == Whole.ARRAY
                ? new ColumnPath(steps.subList(0, steps.size() - 1))
                : this;
    }

    /** Whether a whole array stands before the last step. */
    boolean flattens() {
        return flattened() != null;
    }

    /** The rest of this path behind another one, or null where it does not begin with that. */
    ColumnPath behind(ColumnPath start) {
        return steps.size() > start.steps.size()
                        && steps.subList(0, start.steps.size()).equals(start.steps)
                ? new ColumnPath(steps.subList(start.steps.size(), steps.size()))
                : null;
    }

    /** The name with which the path begins, or null where it begins otherwise. */
    String firstName() {
        return !isRoot() && steps.get(0) instanceof String name ? name : null;
    }

    /** The names of which the path consists, or null where there is anything else. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Object step : steps) {
            if (!(step instanceof String name)) {
                return null;
            }
            names.add(name);
        }
        return names;
    }

    /** The path without its first step. */
    ColumnPath behindFirst() {
        return new ColumnPath(steps.subList(1, steps.size()));
    }

    /** The value at the path, or null. */
    JsonNode find(JsonNode root) {
        JsonNode at = root;
        for (int i = 0; i < steps.size() && at != null; i++) {
            Object step = steps.get(i);
            if (step == Whole.ARRAY) {
                at = at.isArray() ? at : null;
            } else if (step instanceof Integer index) {
                at = at.get(index);
            } else {
                at = member(at, (String) step);
            }
        }
        return at == null || at.isNull() || at.isMissingNode() ? null : at;
    }

    /** A member of an object, or of the first object of an array that has it. */
    private static JsonNode member(JsonNode node, String name) {
        if (!node.isArray()) {
            return node.get(name);
        }
        for (JsonNode element : node) {
            if (element.has(name)) {
                return element.get(name);
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnPath path && steps.equals(path.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (Object step : steps) {
            if (step == Whole.ARRAY) {
                text.append(step);
            } else if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append('.').append(step);
            }
        }
        return text.toString();
    }
}
