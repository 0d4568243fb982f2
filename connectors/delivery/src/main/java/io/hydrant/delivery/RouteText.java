package io.hydrant.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which table something before the destination chose for a record, as the text that the record
 * bears in place of a partition: what a Lambda function says in {@code otfMetadata}, or what is
 * known of a row that a table refused. An error record keeps it, so that a redrive of the record
 * finds its table again.
 *
 * <p>One JSON object of the names below, in their order; equal routes have equal texts. Source:
 * Firehose developer guide, "Route incoming records to different Iceberg tables".
 */
public final class RouteText {

    /** Name of the value that is the database, or the schema. */
    public static final String DATABASE = "destinationDatabaseName";

    /** Name of the value that is the table. */
    public static final String TABLE = "destinationTableName";

    /** Name of the value that is the operation. */
    public static final String OPERATION = "operation";

    private static final List<String> NAMES = List.of(DATABASE, TABLE, OPERATION);
    private static final String BEGIN = "{\"";
    private static final JsonFactory JSON = new JsonFactory();

    private RouteText() {}

    /** The text of these values; empty where there are none. Other names are passed over. */
    public static String of(Map<String, String> values) {
        StringWriter text = new StringWriter();
        boolean isEmpty = true;
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (String name : NAMES) {
                String value = values.get(name);
                if (value != null) {
                    json.writeStringField(name, value);
                    isEmpty = false;
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return isEmpty ? "" : text.toString();
    }

    /** Whether that is a route, and not what a prefix is made of. */
    public static boolean isRoute(String partition) {
        return partition.startsWith(BEGIN);
    }

    /**
     * The values of a text, by name.
     *
     * @throws IllegalArgumentException if it is none of {@link #of}
     */
    public static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return values;
        }
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() != JsonToken.VALUE_STRING || !NAMES.contains(name)) {
                    throw new IllegalArgumentException("'" + text + "' is no route");
                }
                values.put(name, json.getText());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + text + "' is no route", e);
        }
        return values;
    }
}
