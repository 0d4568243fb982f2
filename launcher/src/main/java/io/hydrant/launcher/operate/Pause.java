package io.hydrant.launcher.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is remembered of a delivery that was stopped.
 *
 * @param savepoint where it goes on from
 * @param options the options that it ran with, secrets masked
 */
record Pause(String savepoint, Map<String, String> options) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps its own copy. */
    Pause {
        Objects.requireNonNull(savepoint, "savepoint");
        options = new TreeMap<>(options);
    }

    byte[] toBytes() throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("savepoint", savepoint);
        ObjectNode shown = json.putObject("options");
        options.forEach(shown::put);
        return JSON.writeValueAsBytes(json);
    }

    static Pause ofBytes(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (json.path("version").asInt() != VERSION) {
            throw new IOException(
                    "What is remembered of the pause has version "
                            + json.path("version")
                            + ", and this Hydrant reads version "
                            + VERSION);
        }
        Map<String, String> options = new TreeMap<>();
        json.path("options")
                .properties()
                .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
        return new Pause(json.path("savepoint").asText(), options);
    }
}
