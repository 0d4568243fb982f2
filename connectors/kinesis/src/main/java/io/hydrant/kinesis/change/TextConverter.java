package io.hydrant.kinesis.change;

import io.hydrant.kinesis.dynamodb.WireJson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

import java.io.IOException;
import java.io.StringWriter;

/** Reads texts, and what has one: numbers, booleans, and M, L and sets as their JSON. */
final class TextConverter extends AttributeConverter {

    TextConverter(String path, LogicalType type, Mismatches mismatches) {
        super(path, type, mismatches);
    }

    @Override
    Object of(String kind, JsonParser in) throws IOException {
        return switch (kind) {
            case "S", "N", "BOOL" -> StringData.fromString(in.getText());
            case "M", "L", "SS", "NS", "BS" -> StringData.fromString(json(in));
            default -> mismatch(kind, in);
        };
    }

    @Override
    Object ofElement(String kind, String text) {
        return kind.equals("B") ? super.ofElement(kind, text) : StringData.fromString(text);
    }

    @Override
    String wayOut() {
        return "declare it BYTES";
    }

    private static String json(JsonParser in) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = WireJson.FACTORY.createGenerator(text)) {
            out.copyCurrentStructure(in);
        }
        return text.toString();
    }
}
