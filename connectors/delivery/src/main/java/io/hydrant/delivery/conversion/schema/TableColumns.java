package io.hydrant.delivery.conversion.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the columns of a table from JSON: what {@code aws glue get-table} or {@code aws glue
 * get-table-version} prints, or a part of it down to the array of columns.
 *
 * <pre>
 * [{"Name": "id", "Type": "bigint"}, {"Name": "at", "Type": "timestamp"}]
 * {"StorageDescriptor": {"Columns": [...]}}
 * {"Table": {"StorageDescriptor": {"Columns": [...]}}}
 * </pre>
 *
 * <p>The table's partition keys are no columns of its files, as everywhere with Glue.
 */
public final class TableColumns {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WRAPPERS =
            List.of("TableVersion", "Table", "StorageDescriptor", "Columns");

    private TableColumns() {}

    /**
     * The columns as one struct.
     *
     * @throws IllegalArgumentException saying what is wrong and where
     */
    public static HiveType.Struct parse(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
        StringBuilder path = new StringBuilder();
        for (String wrapper : WRAPPERS) {
            if (node.isObject() && node.has(wrapper)) {
                node = node.get(wrapper);
                path.append(path.isEmpty() ? "" : ".").append(wrapper);
            }
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException(
                    (path.isEmpty() ? "" : path + " ")
                            + "holds no array of columns; give what `aws glue get-table` prints, or [{\"Name\": \"id\", \"Type\": \"bigint\"}, …]");
        }
        List<HiveType.Field> columns = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            columns.add(column(node.get(i), path + "[" + i + "]"));
        }
        try {
            return new HiveType.Struct(columns);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    private static HiveType.Field column(JsonNode column, String path) {
        String name = column.path("Name").textValue();
        String type = column.path("Type").textValue();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(path + ".Name is missing or not a text");
        }
        if (type == null) {
            throw new IllegalArgumentException(
                    path + ".Type, of column '" + name + "', is missing or not a text");
        }
        try {
            return new HiveType.Field(name, HiveTypeParser.parse(type));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    path + ".Type, of column '" + name + "': " + e.getMessage(), e);
        }
    }
}
