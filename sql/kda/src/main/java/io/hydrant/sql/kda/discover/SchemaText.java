package io.hydrant.sql.kda.discover;

import io.hydrant.sql.kda.application.RecordColumn;
import io.hydrant.sql.kda.application.RecordFormat;
import io.hydrant.sql.kda.application.RecordSchema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a schema as AWS' document and as SQL. */
public final class SchemaText {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SchemaText() {}

    /** The document that {@code hydrant kda test} takes; {@code InputSchema} is as in AWS' API. */
    public static String document(String namePrefix, RecordSchema schema) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("NamePrefix", namePrefix);
        ObjectNode input = document.putObject("InputSchema");
        ArrayNode columns = input.putArray("RecordColumns");
        for (RecordColumn column : schema.columns()) {
            ObjectNode written = columns.addObject();
            written.put("Name", column.name());
            if (column.mapping() != null) {
                written.put("Mapping", column.mapping());
            }
            written.put("SqlType", column.type().toString());
        }
        ObjectNode format = input.putObject("RecordFormat");
        ObjectNode parameters;
        if (schema.format() instanceof RecordFormat.Csv csv) {
            format.put("RecordFormatType", "CSV");
            parameters = format.putObject("MappingParameters").putObject("CSVMappingParameters");
            parameters.put("RecordRowDelimiter", csv.rowDelimiter());
            parameters.put("RecordColumnDelimiter", csv.columnDelimiter());
        } else {
            format.put("RecordFormatType", "JSON");
            parameters = format.putObject("MappingParameters").putObject("JSONMappingParameters");
            parameters.put("RecordRowPath", ((RecordFormat.Json) schema.format()).rowPath());
        }
        input.put("RecordEncoding", "UTF-8");
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts could not be written", e);
        }
    }

    /**
     * A stream with the input's columns and a pump that fills it: what an application begins as.
     */
    public static String code(String namePrefix, RecordSchema schema) {
        List<RecordColumn> columns = schema.columns();
        String declared =
                columns.stream()
                        .map(column -> "    " + quoted(column.name()) + " " + column.type())
                        .collect(Collectors.joining(",\n"));
        String selected =
                columns.stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", "));
        return "CREATE OR REPLACE STREAM \"DESTINATION_SQL_STREAM\" (\n"
                + declared
                + ");\n\nCREATE OR REPLACE PUMP \"STREAM_PUMP\" AS\n"
                + "    INSERT INTO \"DESTINATION_SQL_STREAM\"\n    SELECT STREAM "
                + selected
                + "\n    FROM "
                + quoted(namePrefix + "_001")
                + ";\n";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
