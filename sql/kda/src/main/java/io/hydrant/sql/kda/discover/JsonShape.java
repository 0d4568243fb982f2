package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.RecordColumn;
import io.hydrant.sql.kda.application.RecordFormat;
import io.hydrant.sql.kda.application.RecordSchema;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of records that are JSON objects.
 *
 * <p>Members of objects become columns. The elements of the first array of objects become rows, as
 * schemas can flatten one array; other arrays are columns as a whole.
 */
final class JsonShape {

    /** Where a column comes from: its path, its name, and that of what it stands in. */
    private record Place(String mapping, String name, String parent) {}

    private static final String EACH = "[0:]";

    private final Map<Place, Evidence> columns = new LinkedHashMap<>();
    private String flattened;

    /** Takes a record; one that is an array stands for its elements. */
    void add(JsonNode record) {
        if (record.isArray()) {
            record.forEach(this::add);
        } else {
            object("$", null, record);
        }
    }

    private void object(String path, String name, JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            value(path + step(member.getKey()), member.getKey(), name, member.getValue());
        }
    }

    private static String step(String name) {
        if (name.matches("[^.\\[\\]'\"\\\\]+")) {
            return "." + name;
        }
        return "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    private void value(String path, String name, String parent, JsonNode value) {
        if (value.isObject()) {
            object(path, name, value);
        } else if (value.isArray()) {
            array(path, name, parent, value);
        } else {
            columns.computeIfAbsent(new Place(path, name, parent), place -> new Evidence())
                    .json(value);
        }
    }

    private void array(String path, String name, String parent, JsonNode array) {
        boolean objects = !array.isEmpty();
        for (JsonNode element : array) {
            objects &= element.isObject();
        }
        if (objects && !path.contains(EACH) && (flattened == null || flattened.equals(path))) {
            flattened = path;
            array.forEach(element -> object(path + EACH, name, element));
        } else if (!path.equals(flattened)) {
            columns.computeIfAbsent(new Place(path + EACH, name, parent), place -> new Evidence())
                    .json(array);
        }
    }

    /** The schema, or null where nothing was found. */
    RecordSchema schema() {
        // A path that is a value here and an object there is read as its text.
        List<Place> places = new ArrayList<>();
        for (Place place : columns.keySet()) {
            boolean within =
                    columns.keySet().stream()
                            .anyMatch(
                                    other ->
                                            place.mapping().startsWith(other.mapping() + ".")
                                                    || place.mapping()
                                                            .startsWith(other.mapping() + "["));
            if (!within) {
                places.add(place);
            }
        }
        ColumnNames names = new ColumnNames();
        List<RecordColumn> found = new ArrayList<>();
        for (Place place : places) {
            found.add(
                    new RecordColumn(
                            names.name(found.size(), place.name(), place.parent()),
                            place.mapping(),
                            columns.get(place).type()));
        }
        return found.isEmpty() ? null : new RecordSchema(found, new RecordFormat.Json("$"));
    }
}
