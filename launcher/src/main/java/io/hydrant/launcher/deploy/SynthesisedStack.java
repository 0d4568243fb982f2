package io.hydrant.launcher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack as it is to be.
 *
 * @param name its name
 * @param template its template, as JSON
 */
record SynthesisedStack(String name, String template) {

    /** What others lean on goes first. */
    private static final List<String> ORDER =
            List.of("stream", "warehouse", "delivery", "analytics");

    /** The stacks of a folder that the CDK wrote, in the order in which they are made. */
    static List<SynthesisedStack> readAll(Path folder, String name) throws IOException {
        List<SynthesisedStack> stacks = new ArrayList<>();
        for (String part : ORDER) {
            Path file = folder.resolve(name + "-" + part + ".template.json");
            if (Files.exists(file)) {
                stacks.add(new SynthesisedStack(name + "-" + part, Files.readString(file)));
            }
        }
        return stacks;
    }

    /** What is in it, a line each: type and name within the stack. */
    List<String> resources() throws IOException {
        List<String> lines = new ArrayList<>();
        JsonNode resources = new ObjectMapper().readTree(template).path("Resources");
        resources
                .fields()
                .forEachRemaining(
                        resource ->
                                lines.add(
                                        resource.getValue().path("Type").asText()
                                                + "  "
                                                + resource.getKey()));
        return lines;
    }
}
