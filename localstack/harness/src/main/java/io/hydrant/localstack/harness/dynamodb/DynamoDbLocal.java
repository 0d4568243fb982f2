package io.hydrant.localstack.harness.dynamodb;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A DynamoDB of its own in another process, in memory, empty at first. It ends with this JVM.
 *
 * <p>Like the service it rolls the shards of streams and forgets records after 24 hours; a test can
 * have both at once. Unlike the service it rounds the times of changes down to minutes, answers an
 * unknown sequence number with an internal failure, and takes any credentials.
 */
public final class DynamoDbLocal implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final URI endpoint;

    private DynamoDbLocal(Process process, BufferedReader answers, URI endpoint) {
        this.process = process;
        this.answers = answers;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.endpoint = endpoint;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException if it cannot be had or does not start; its own words are on this process'
     *     error output
     */
    public static DynamoDbLocal start() throws IOException {
        Path folder =
                DynamoDbLocalInstallation.folder(HydrantCache.ofUser(), Progress.onStandardError());
        Path libraries = folder.resolve("lib");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-Dsqlite4java.library.path=" + libraries,
                                "-cp",
                                folder.resolve("classes")
                                        + File.pathSeparator
                                        + libraries.resolve("*"),
                                "io.hydrant.dynamodb.local.LocalDynamoDb")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        String port = answers.readLine();
        if (port == null) {
            throw new IOException("DynamoDB Local did not start: its error output says why");
        }
        return new DynamoDbLocal(process, answers, URI.create("http://127.0.0.1:" + port));
    }

    /** Where it is found. */
    public URI endpoint() {
        return endpoint;
    }

    /** Closes the shards of all streams and opens a child of each, as the service does by time. */
    public void rollShards() throws IOException {
        tell("roll");
    }

    /** Makes all that is in streams older, so that what is older than 24 hours is forgotten. */
    public void age(Duration time) throws IOException {
        tell("age " + time.toMillis());
    }

    private synchronized void tell(String command) throws IOException {
        commands.write(command + '\n');
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("DynamoDB Local ended: its error output says why");
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
