package io.hydrant.localstack.harness.iceberg;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A catalog that speaks Iceberg's REST protocol, in another process, which ends with this JVM. Its
 * next commit can be made to fail.
 */
public final class RestCatalog implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final URI endpoint;

    private RestCatalog(Process process, BufferedReader answers, URI endpoint) {
        this.process = process;
        this.answers = answers;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.endpoint = endpoint;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param jars Iceberg's jars
     * @param properties of the catalog behind it, by Iceberg's names: {@code uri} of a database,
     *     {@code warehouse}, how files are reached
     * @param log gets what it logs
     * @throws IOException if it does not start; its log says why
     */
    public static RestCatalog start(IcebergJars jars, Map<String, String> properties, Path log)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                jars.folder().resolve("classes")
                                        + File.pathSeparator
                                        + jars.ofServer().stream()
                                                .map(Path::toString)
                                                .collect(Collectors.joining(File.pathSeparator)),
                                "io.hydrant.iceberg.local.LocalRestCatalog"));
        properties.forEach((key, value) -> command.add(key + "=" + value));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        String port = answers.readLine();
        if (port == null) {
            throw new IOException("The REST catalog did not start: " + log + " says why");
        }
        return new RestCatalog(process, answers, URI.create("http://127.0.0.1:" + port));
    }

    /** Where it is found. */
    public URI endpoint() {
        return endpoint;
    }

    /** The next commit fails before it takes effect. */
    public void failBeforeNextCommit() throws IOException {
        tell("before");
    }

    /** The next commit takes effect, and its answer is a failure. */
    public void failBehindNextCommit() throws IOException {
        tell("behind");
    }

    /** Whether the failure that was asked for has happened. */
    public boolean hasFailed() throws IOException {
        return Boolean.parseBoolean(tell("fired"));
    }

    private synchronized String tell(String command) throws IOException {
        commands.write(command + '\n');
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The REST catalog ended: its log says why");
        }
        return answer;
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
