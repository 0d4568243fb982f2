package io.hydrant.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes JSON objects apart by the names of columns, as COPY's {@code JSON 'auto'} does: a field
 * without a column is left out, a column without a field is a null, what is nested stays JSON.
 */
final class JsonFields {

    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                    .build()
                    .reader();

    private final boolean ignoresCase;
    private final RowValues values;

    JsonFields(RowFormat format) {
        this.ignoresCase = format.ignoresCase();
        this.values = new RowValues(format);
    }

    /**
     * The values of a row, null among them for nulls.
     *
     * @throws BadRowException if the text is not one JSON object
     */
    List<String> of(String text, List<TableColumn> columns) throws BadRowException {
        JsonNode object = object(text);
        Map<String, JsonNode> byName = ignoresCase ? lowerCase(object) : null;
        List<String> row = new ArrayList<>(columns.size());
        for (TableColumn column : columns) {
            JsonNode field =
                    byName == null
                            ? object.get(column.name())
                            : byName.get(column.name().toLowerCase(Locale.ROOT));
            row.add(value(column, field));
        }
        return row;
    }

    private static JsonNode object(String text) throws BadRowException {
        try {
            JsonNode object = JSON.readTree(text);
            if (object.isObject()) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new BadRowException("It is not one JSON object: " + e.getOriginalMessage());
        }
        throw new BadRowException("It is JSON, but no object");
    }

    private static Map<String, JsonNode> lowerCase(JsonNode object) {
        Map<String, JsonNode> byName = new HashMap<>();
        object.fields()
                .forEachRemaining(
                        field ->
                                byName.put(
                                        field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        return byName;
    }

    private String value(TableColumn column, JsonNode field) throws BadRowException {
        if (field == null || field.isNull()) {
            return null;
        }
        if (column.kind() == TableColumn.Kind.JSON || field.isContainerNode()) {
            return field.toString();
        }
        return values.of(column, field.asText());
    }
}
