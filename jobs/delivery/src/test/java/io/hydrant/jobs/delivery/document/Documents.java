package io.hydrant.jobs.delivery.document;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Documents for tests: two that are valid, and a way to change one field. */
final class Documents {

    private Documents() {}

    /** The smallest CreateDeliveryStream that works. */
    static JsonDocument create() {
        return JsonDocument.parse("create.json", resource("create-delivery-stream.json"));
    }

    /** What describe-delivery-stream prints, as AWS CLI 2 prints it. */
    static JsonDocument describe() {
        return JsonDocument.parse("describe.json", resource("describe-delivery-stream.json"));
    }

    /** The document with that JSON at that path. */
    static JsonDocument with(JsonDocument document, String path, String json) {
        JsonNode value = JsonDocument.valueOrNull(json);
        if (value == null) {
            throw new IllegalArgumentException("not JSON: " + json);
        }
        String problem = DocumentPath.parse(path).put(document.root(), value);
        if (problem != null) {
            throw new IllegalArgumentException(path + " " + problem);
        }
        return document;
    }

    static String resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
