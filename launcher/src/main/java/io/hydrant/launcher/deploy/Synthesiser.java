package io.hydrant.launcher.deploy;

import io.hydrant.localstack.harness.process.Command;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs {@code infra} as a process of its own, as the CDK's own command line runs apps: it is 130 MB
 * and needs Node, which no other command does.
 */
final class Synthesiser {

    private static final String MAIN = "io.hydrant.infra.Synthesis";

    /** What it ends with where it refuses the document. */
    private static final int REFUSED = 3;

    private final Path module;

    /**
     * Over a built module.
     *
     * @param root the checkout
     */
    Synthesiser(Path root) {
        this.module = root.resolve("infra").resolve("target");
    }

    /**
     * Makes templates of a document.
     *
     * @param folder where document and templates go; exists
     * @param name what the names of stacks begin with
     * @throws IllegalArgumentException if the document is refused; names field, value and rule
     * @throws IOException if Node is missing or the CDK fails; with its own words
     */
    List<SynthesisedStack> run(JsonNode document, Path folder, String name) throws IOException {
        Path classPath = module.resolve("classpath.txt");
        if (!Files.exists(classPath)) {
            throw new IOException(
                    classPath
                            + " is missing; build it with ./mvnw -Pfast -DskipTests package -pl infra -am");
        }
        Path input =
                Files.writeString(folder.resolve("deployment.json"), document.toPrettyString());
        Command.Result result;
        try {
            result =
                    Command.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    module.resolve("classes")
                                            + System.getProperty("path.separator")
                                            + Files.readString(classPath).strip(),
                                    MAIN,
                                    input.toString(),
                                    folder.toString(),
                                    name)
                            .attempt();
        } catch (IOException e) {
            throw new IOException("The CDK cannot be started: " + e.getMessage(), e);
        }
        if (result.exitCode() == REFUSED) {
            // The document is a file of ours, which the user never saw.
            throw new IllegalArgumentException(result.output().replace(input + ": ", ""));
        }
        if (result.exitCode() != 0) {
            throw new IOException(
                    "The CDK, which needs node, 18 or newer, on the path, made no templates:\n"
                            + result.output());
        }
        return SynthesisedStack.readAll(folder, name);
    }
}
