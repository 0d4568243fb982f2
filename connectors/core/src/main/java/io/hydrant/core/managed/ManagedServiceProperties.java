package io.hydrant.core.managed;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runtime properties that Managed Service for Apache Flink lays beside an application.
 *
 * <p>Source: Managed Service for Apache Flink developer guide, "Use runtime properties": a JSON
 * array of objects with {@code PropertyGroupId} and {@code PropertyMap} at the path below.
 */
public final class ManagedServiceProperties {

    /** Where the service lays the file. */
    public static final Path FILE = Path.of("/etc/flink/application_properties.json");

    private ManagedServiceProperties() {}

    /**
     * One property group.
     *
     * @return its properties sorted by key, or null where there is no file or no such group
     * @throws IllegalArgumentException if the file cannot be read or is not JSON; the message says
     *     which, and does not name the file
     */
    public static Map<String, String> read(Path file, String group) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e, e);
        }
        try {
            // The SDK's own, because this room has no other reader of JSON.
            return group(JsonNode.parser().parse(text), group);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getCause().getMessage(), e);
        }
    }

    private static Map<String, String> group(JsonNode groups, String group) {
        if (!groups.isArray()) {
            throw new IllegalArgumentException("is not JSON of property groups: not an array");
        }
        for (JsonNode each : groups.asArray()) {
            if (each.field("PropertyGroupId")
                    .map(JsonNode::text)
                    .filter(group::equals)
                    .isPresent()) {
                Map<String, String> properties = new TreeMap<>();
                each.field("PropertyMap")
                        .ifPresent(
                                map ->
                                        map.asObject()
                                                .forEach(
                                                        (key, value) ->
                                                                properties.put(key, value.text())));
                return properties;
            }
        }
        return null;
    }
}
