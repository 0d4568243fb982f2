package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.ingest.KinesisAgentMain;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kinesis Agent as somebody built or installed it.
 *
 * @param jar the jar that has its main class
 * @param jars all that it runs from, that jar first
 */
record BuiltAgent(Path jar, List<Path> jars) {

    /** How a user comes by one; its licence does not let us hand it on. */
    static final String WAY =
            "Build it with `mvn package dependency:copy-dependencies` in a clone of"
                    + " github.com/awslabs/amazon-kinesis-agent, and name its folder target; or name"
                    + " the folder where its setup put it, /usr/share/aws-kinesis-agent/lib";

    /** Maven puts what a jar needs into a folder beside it. */
    private static final int DEPTH = 2;

    private static final String CLASS_FILE = KinesisAgentMain.AGENT.replace('.', '/') + ".class";

    /**
     * The agent of a folder, or of a jar that has all that it needs.
     *
     * @throws IllegalArgumentException if there is none; with the way to one
     */
    static BuiltAgent at(Path place) {
        List<Path> found;
        try (Stream<Path> files = Files.walk(place.toAbsolutePath().normalize(), DEPTH)) {
            found =
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("--agent cannot be read: " + place, e);
        }
        Path own =
                found.stream()
                        .filter(BuiltAgent::hasMainClass)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "--agent has no jar of Kinesis Agent: "
                                                        + place
                                                        + ". "
                                                        + WAY));
        return new BuiltAgent(
                own,
                Stream.concat(Stream.of(own), found.stream().filter(jar -> !jar.equals(own)))
                        .toList());
    }

    /** The class path of its JVM, with the classes of this module behind its jars. */
    String classPath() throws IOException {
        return Stream.concat(jars.stream(), Stream.of(Checkout.ownClasses()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean hasMainClass(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.getEntry(CLASS_FILE) != null;
        } catch (IOException e) {
            throw new IllegalArgumentException("--agent has a jar that is none: " + jar, e);
        }
    }
}
