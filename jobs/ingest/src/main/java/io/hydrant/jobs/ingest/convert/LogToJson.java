package io.hydrant.jobs.ingest.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LOGTOJSON: the groups of a line as the fields of an object. A line that does not match is left
 * out, as the agent does.
 *
 * @param line what a whole line looks like
 * @param fields names of its groups
 * @param dashIsNull whether a lone dash is no value
 * @param layout of the JSON
 */
public record LogToJson(Pattern line, List<String> fields, boolean dashIsNull, JsonLayout layout)
        implements Conversion {

    /** Copies the list; there is a name for each group. */
    public LogToJson {
        Objects.requireNonNull(layout, "layout");
        fields = List.copyOf(fields);
        int groups = line.matcher("").groupCount();
        if (groups != fields.size()) {
            throw new IllegalArgumentException(
                    "There are "
                            + fields.size()
                            + " field names for "
                            + groups
                            + " groups of the pattern; give one for each");
        }
    }

    /**
     * The conversion of a format.
     *
     * @param matchPattern instead of the format's own, or null
     * @param fields instead of the format's own, or null
     * @throws IllegalArgumentException where there is not one name for each group
     */
    public static LogToJson of(
            LogFormat format, Pattern matchPattern, List<String> fields, JsonLayout layout) {
        return new LogToJson(
                matchPattern == null ? format.line() : matchPattern,
                fields == null ? format.fields() : fields,
                format.dashIsNull(),
                layout);
    }

    @Override
    public String convert(String record) throws ConversionException {
        Matcher matcher = line.matcher(record);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String value = matcher.group(i + 1);
            object.put(fields.get(i), dashIsNull && "-".equals(value) ? null : value);
        }
        return layout.write(object);
    }
}
