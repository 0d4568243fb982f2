package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.RecordSchema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Infers the schema of records from samples, as KDA's DiscoverInputSchema did.
 *
 * <p>Records are JSON, or UTF-8 text of delimited fields. What was found decodes the samples: how
 * many of them fit is part of the answer.
 */
public final class SchemaDiscovery {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private SchemaDiscovery() {}

    /**
     * What was found.
     *
     * @param schema the schema
     * @param rows how many rows the samples become
     * @param problems why samples, or rows of them, do not fit
     */
    public record Discovery(RecordSchema schema, int rows, List<String> problems) {

        /** Keeps its own copy of the problems. */
        public Discovery {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Infers.
     *
     * @param samples records; those that are no JSON are passed over where most are
     * @throws IllegalArgumentException if no schema can be found; the message says why
     */
    public static Discovery discover(List<byte[]> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("There are no records to learn from");
        }
        JsonShape json = new JsonShape();
        List<String> texts = new ArrayList<>();
        int objects = 0;
        for (byte[] sample : samples) {
            List<JsonNode> nodes = jsonOf(sample);
            if (!nodes.isEmpty()) {
                objects++;
                nodes.forEach(json::add);
            } else {
                String text = textOf(sample);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        long broken = texts.stream().filter(text -> text.stripLeading().startsWith("{")).count();
        boolean mostlyJson = (objects + broken) * 2 > samples.size();
        if (mostlyJson && objects == 0) {
            throw new IllegalArgumentException(
                    "Of "
                            + samples.size()
                            + " samples "
                            + broken
                            + " begin as a JSON object, but none is one to its end; where an object is"
                            + " written over several lines, take --whole, and mend other records in a"
                            + " Lambda function");
        }
        RecordSchema schema = mostlyJson ? json.schema() : new TextShape(texts).schema();
        if (schema == null && mostlyJson) {
            throw new IllegalArgumentException(
                    "The records are JSON, but in none of "
                            + samples.size()
                            + " samples is a value that could be a column; take samples that have"
                            + " some");
        }
        if (schema == null) {
            throw new IllegalArgumentException(
                    "The records are neither JSON objects nor UTF-8 text, of "
                            + samples.size()
                            + " samples; a Lambda function can make such of them");
        }
        return tried(schema, samples);
    }

    /** The objects and arrays of a record, or none where it is something else. */
    private static List<JsonNode> jsonOf(byte[] sample) {
        List<JsonNode> nodes = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(sample)) {
            for (JsonNode node = MAPPER.readTree(parser);
                    node != null && !node.isMissingNode();
                    node = MAPPER.readTree(parser)) {
                if (!node.isContainerNode()) {
                    return List.of();
                }
                nodes.add(node);
            }
            return nodes;
        } catch (JsonProcessingException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes in memory failed", e);
        }
    }

    private static String textOf(byte[] sample) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static Discovery tried(RecordSchema schema, List<byte[]> samples) {
        RecordDecoder decoder = RecordDecoder.of(schema);
        List<String> problems = new ArrayList<>();
        int[] rows = new int[1];
        for (int i = 0; i < samples.size(); i++) {
            int number = i + 1;
            decoder.decode(
                    samples.get(i),
                    0,
                    samples.get(i).length,
                    new RecordDecoder.Rows() {
                        @Override
                        public void row(Object[] values) {
                            rows[0]++;
                        }

                        @Override
                        public void error(DecodingError error) {
                            problems.add("sample " + number + ": " + error.message());
                        }
                    });
        }
        return new Discovery(schema, rows[0], problems);
    }
}
