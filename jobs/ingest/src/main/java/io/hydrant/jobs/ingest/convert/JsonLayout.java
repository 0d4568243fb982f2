package io.hydrant.jobs.ingest.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

import java.util.Map;

/** The agent's {@code jsonFormat}. */
public enum JsonLayout {
    /** On one line. */
    COMPACT(new ObjectMapper().writer()),

    /** With line feeds and indentation. */
    PRETTYPRINT(new ObjectMapper().writerWithDefaultPrettyPrinter());

    private final ObjectWriter writer;

    JsonLayout(ObjectWriter writer) {
        this.writer = writer;
    }

    String write(Map<String, ?> fields) throws ConversionException {
        try {
            return writer.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new ConversionException("Its fields cannot be written as JSON", e);
        }
    }
}
