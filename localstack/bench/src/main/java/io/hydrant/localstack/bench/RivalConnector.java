package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.stream.StreamCase;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The official connector with the Flink that it runs on, resolved and compiled by Maven when it is
 * first needed, and kept in the cache.
 */
final class RivalConnector {

    private static final int SHOWN_DIGITS = 12;

    private final Path project;
    private final HydrantCache cache;
    private final Progress progress;

    /**
     * A rival that nothing was done for yet.
     *
     * @param project its Maven project
     */
    RivalConnector(Path project, HydrantCache cache, Progress progress) {
        this.project = project;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The class path of its JVM: its own classes and jars, and behind them the classes of this
     * module, of which it uses the meters and the job.
     *
     * @throws IOException if it cannot be resolved or compiled; with what Maven said last
     */
    String classPath() throws IOException {
        Path made =
                cache.entry(cache.folder("rival").resolve(digest())).ensure(progress, this::build);
        try (Stream<Path> jars = Files.list(made.resolve("lib"))) {
            return String.join(
                    File.pathSeparator,
                    made.resolve("classes").toString(),
                    jars.sorted()
                            .map(Path::toString)
                            .reduce((one, other) -> one + File.pathSeparator + other)
                            .orElseThrow(),
                    ownClasses().toString());
        }
    }

    private void build(Path folder) throws IOException {
        progress.say(
                "official connector: resolving it and its Flink, 120 MB, and compiling its case (once) …");
        Path root = Checkout.root();
        boolean windows = File.separatorChar == '\\';
        Command.of(
                        root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-q",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "-Drival.output=" + folder,
                        "compile",
                        "dependency:copy-dependencies")
                .in(root)
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

    /** The folder or jar that this module's classes are in. */
    private static Path ownClasses() throws IOException {
        try {
            return Path.of(
                    StreamCase.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("The place of this module's classes is no path", e);
        }
    }
}
