package io.hydrant.localstack.fakes.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes rows of JSON objects, by the names of columns or by paths.
 *
 * <p>Source: Redshift developer guide, "COPY from JSON format": with {@code 'auto'} names of fields
 * are those of the columns, which are lower case; paths are in the order of the columns. One object
 * per line.
 */
final class JsonColumns {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> names;
    private final List<List<String>> paths;
    private final boolean ignoresCase;

    private JsonColumns(List<String> names, List<List<String>> paths, boolean ignoresCase) {
        this.names = names;
        this.paths = paths;
        this.ignoresCase = ignoresCase;
    }

    static JsonColumns of(CopyCommand copy, List<String> columns, StagedObjects objects)
            throws FakeSqlException, IOException {
        List<String> names = columns.stream().map(JsonColumns::plain).toList();
        String mapping = copy.jsonPaths();
        if (mapping.equals("auto") || mapping.equals("auto ignorecase")) {
            return new JsonColumns(names, null, mapping.endsWith("ignorecase"));
        }
        if (!mapping.startsWith("s3://")) {
            throw FakeSqlException.syntax("JSON '" + mapping + "' is no address in S3");
        }
        LoadFile file = LoadFile.of(mapping);
        try (InputStream in = objects.open(file.bucket(), file.key())) {
            if (in == null) {
                throw FakeSqlException.loadFailed("Problem reading manifest file - " + mapping);
            }
            return new JsonColumns(names, paths(JSON.readTree(in), names.size()), false);
        }
    }

    private static List<List<String>> paths(JsonNode document, int columns)
            throws FakeSqlException {
        List<List<String>> paths = new ArrayList<>();
        for (JsonNode path : document.path("jsonpaths")) {
            paths.add(steps(path.asText()));
        }
        if (paths.size() != columns) {
            throw FakeSqlException.loadFailed(
                    "Number of jsonpaths and the number of columns should match. JSONPath size: "
                            + paths.size()
                            + ", Number of columns in table or column list: "
                            + columns);
        }
        return paths;
    }

    /** The names and indexes of {@code $['a']['b'][0]} or {@code $.a.b[0]}. */
    private static List<String> steps(String path) throws FakeSqlException {
        if (!path.startsWith("$")) {
            throw FakeSqlException.loadFailed("Invalid JSONPath format: " + path);
        }
        List<String> steps = new ArrayList<>();
        int at = 1;
        while (at < path.length()) {
            if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                if (end < 0) {
                    throw FakeSqlException.loadFailed("Invalid JSONPath format: " + path);
                }
                steps.add(path.substring(at + 1, end).replace("'", ""));
                at = end + 1;
            } else {
                int end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                steps.add(path.substring(at + 1, end));
                at = end;
            }
        }
        return steps;
    }

    private static String plain(String column) {
        return column.startsWith("\"")
                ? column.substring(1, column.length() - 1)
                : column.toLowerCase(Locale.ROOT);
    }

    LoadRow row(LoadFile file, long line, String raw) {
        JsonNode object;
        try {
            object = JSON.readTree(raw);
        } catch (JsonProcessingException e) {
            return LoadRow.unreadable(file, line, raw, "Invalid JSON format");
        }
        if (object == null || !object.isObject()) {
            return LoadRow.unreadable(file, line, raw, "Invalid JSON format: no object");
        }
        List<String> values = new ArrayList<>(names.size());
        if (paths == null) {
            for (String name : names) {
                values.add(text(field(object, name)));
            }
        } else {
            for (List<String> path : paths) {
                values.add(text(at(object, path)));
            }
        }
        return new LoadRow(file, line, raw, values, null);
    }

    private JsonNode field(JsonNode object, String name) {
        if (!ignoresCase) {
            return object.get(name);
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    private static JsonNode at(JsonNode object, List<String> path) {
        JsonNode node = object;
        for (String step : path) {
            if (node == null) {
                return null;
            }
            node = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
