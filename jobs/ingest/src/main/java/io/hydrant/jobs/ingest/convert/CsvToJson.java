package io.hydrant.jobs.ingest.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * CSVTOJSON: the columns of a line as the fields of an object. Columns are what stands between the
 * delimiters, quotes mean nothing; missing ones are null, and further ones are left out.
 *
 * @param fields names of the columns
 * @param delimiter between columns, a regular expression
 * @param layout of the JSON
 */
public record CsvToJson(List<String> fields, Pattern delimiter, JsonLayout layout)
        implements Conversion {

    /** Copies the list. */
    public CsvToJson {
        fields = List.copyOf(fields);
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(layout, "layout");
    }

    @Override
    public String convert(String record) throws ConversionException {
        // With 0, empty columns at the end are missing ones, as they are for the agent.
        String[] columns = delimiter.split(record, 0);
        Map<String, String> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            object.put(fields.get(i), i < columns.length ? columns[i] : null);
        }
        return layout.write(object);
    }
}
