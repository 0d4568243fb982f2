package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven project that is no module of the build, because its libraries agree with nothing there:
 * resolved and compiled when it is first needed, and kept in the cache.
 */
public final class SideProject {

    private static final int SHOWN_DIGITS = 12;

    private final Path checkout;
    private final Path project;
    private final String outputProperty;

    /**
     * A project for which nothing was done yet.
     *
     * @param checkout root of the checkout, whose Maven builds it
     * @param project its folder
     * @param outputProperty property that tells its pom where {@code classes} and {@code lib} go
     */
    public SideProject(Path checkout, Path project, String outputProperty) {
        this.checkout = checkout;
        this.project = project;
        this.outputProperty = outputProperty;
    }

    /**
     * The folder with {@code classes} and {@code lib}.
     *
     * @param name of its folder in the cache
     * @param announcement what is said before it is made
     * @throws IOException if it cannot be resolved or compiled; with what Maven said last
     */
    public Path folder(HydrantCache cache, String name, String announcement, Progress progress)
            throws IOException {
        return cache.entry(cache.folder(name).resolve(digest()))
                .ensure(
                        progress,
                        made -> {
                            progress.say(announcement);
                            build(made);
                        });
    }

    private void build(Path made) throws IOException {
        boolean windows = File.separatorChar == '\\';
        Command.of(
                        checkout.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-q",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "-D" + outputProperty + "=" + made,
                        "compile",
                        "dependency:copy-dependencies")
                .in(checkout)
                .run();
    }

    /** Names what it is made of, so that a change makes it anew. */
    private String digest() throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.walk(project)) {
            parts =
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(project.resolve("target")))
                            .sorted()
                            .toList();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path part : parts) {
                digest.update(Files.readAllBytes(part));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
