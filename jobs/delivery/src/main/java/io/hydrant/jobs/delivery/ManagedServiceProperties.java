package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
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
final class ManagedServiceProperties {

    /** Where the service lays the file. */
    static final Path FILE = Path.of("/etc/flink/application_properties.json");

    private ManagedServiceProperties() {}

    /**
     * One property group.
     *
     * @return its properties sorted by key, or null where there is no file or no such group
     */
    static Map<String, String> read(Path file, String group, Problems problems) {
        try {
            return group(new ObjectMapper().readTree(Files.readString(file)), group);
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonProcessingException e) {
            problems.add(file.toString(), "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add(file.toString(), "cannot be read: " + e);
        }
        return null;
    }

    private static Map<String, String> group(JsonNode groups, String group) {
        for (JsonNode each : groups) {
            if (each.path("PropertyGroupId").asText().equals(group)) {
                Map<String, String> properties = new TreeMap<>();
                each.path("PropertyMap")
                        .fields()
                        .forEachRemaining(
                                entry -> properties.put(entry.getKey(), entry.getValue().asText()));
                return properties;
            }
        }
        return null;
    }
}
