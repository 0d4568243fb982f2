package io.hydrant.jobs.ingest.convert;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * ADDMETADATA: the record as the text {@code data} of an object, beside fixed {@code metadata} and,
 * if asked for, the time {@code ts} at which it was read.
 *
 * @param metadata JSON as it stands in the configuration
 * @param timestamp whether the time is added
 * @param layout of the JSON
 */
public record AddMetadata(String metadata, boolean timestamp, JsonLayout layout)
        implements Conversion {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** There is some metadata, if only {@code null}. */
    public AddMetadata {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(layout, "layout");
    }

    @Override
    public String convert(String record) throws ConversionException {
        Map<String, Object> object = new LinkedHashMap<>();
        if (timestamp) {
            object.put("ts", TIME.format(Instant.now()));
        }
        try {
            object.put("metadata", JSON.readTree(metadata));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ConversionException("The metadata is not JSON", e);
        }
        object.put("data", record);
        return layout.write(object);
    }
}
