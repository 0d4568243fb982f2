package io.hydrant.delivery.processing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks plain paths up in the stream of a record's tokens, without a tree. Whatever is not plain
 * about a record (a path through something that is no object, a key that is one) is left to the
 * query on the tree, so that both always say the same.
 */
final class PathKeyQuery implements KeyQuery {

    private static final JsonFactory JSON = new JsonFactory();

    private final Step root = new Step();
    private final KeyQuery onTree;
    private final String[] names;
    private final String[] values;

    PathKeyQuery(Map<String, List<String>> paths, KeyQuery onTree) {
        this.onTree = onTree;
        this.names = paths.keySet().toArray(new String[0]);
        this.values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            Step step = root;
            for (String name : paths.get(names[i])) {
                step = step.children.computeIfAbsent(name, ignored -> new Step());
            }
            step.results = plus(step.results, i);
        }
    }

    /** A place in the record; the keys in {@code results} have its value. */
    private static final class Step {
        final Map<String, Step> children = new HashMap<>();
        int[] results = {};
    }

    @Override
    public Map<String, String> keysOf(Bytes record) throws ProcessingException {
        java.util.Arrays.fill(values, null);
        boolean isPlain;
        try (JsonParser json =
                JSON.createParser(record.array(), record.offset(), record.length())) {
            isPlain =
                    json.nextToken() == JsonToken.START_OBJECT
                            && read(json, root)
                            && json.nextToken() == null;
        } catch (IOException e) {
            throw JqKeyQuery.notJson();
        }
        if (!isPlain) {
            return onTree.keysOf(record);
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                found.put(names[i], values[i]);
            }
        }
        return found;
    }

    @Override
    public Set<String> keys() {
        return onTree.keys();
    }

    /** Reads an object to its end; false as soon as something is not plain. */
    private boolean read(JsonParser json, Step step) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            Step child = step.children.get(json.currentName());
            JsonToken value = json.nextToken();
            if (child == null) {
                json.skipChildren();
                continue;
            }
            // A field that comes twice counts as it comes last, with all that lies in it.
            forget(child);
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            boolean isObject = value == JsonToken.START_OBJECT;
            if (child.children.isEmpty() ? value.isStructStart() : !isObject) {
                return false;
            }
            if (isObject) {
                if (child.results.length > 0 || !read(json, child)) {
                    return false;
                }
            } else {
                set(child, text(json, value));
            }
        }
        return true;
    }

    private static String text(JsonParser json, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NUMBER_INT -> {
                String digits = json.getText();
                yield digits.equals("-0") ? "0" : digits;
            }
            case VALUE_NUMBER_FLOAT -> KeyText.ofDouble(json.getDoubleValue());
            default -> json.getText();
        };
    }

    private void set(Step step, String value) {
        for (int result : step.results) {
            values[result] = value;
        }
    }

    private void forget(Step step) {
        set(step, null);
        if (!step.children.isEmpty()) {
            step.children.values().forEach(this::forget);
        }
    }

    private static int[] plus(int[] results, int result) {
        int[] more = java.util.Arrays.copyOf(results, results.length + 1);
        more[results.length] = result;
        return more;
    }
}
