package io.hydrant.localstack.harness.dynamodb;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;

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
 * DynamoDB Local with our main class, resolved and compiled by Maven when it is first needed, and
 * kept in the cache.
 */
final class DynamoDbLocalInstallation {

    private static final int SHOWN_DIGITS = 12;

    private DynamoDbLocalInstallation() {}

    /**
     * The folder with {@code classes} and {@code lib}.
     *
     * @throws IOException if it cannot be resolved or compiled; with what Maven said last
     */
    static Path folder(HydrantCache cache, Progress progress) throws IOException {
        Path root = checkout();
        Path project = root.resolve("localstack").resolve("dynamodb");
        return cache.entry(cache.folder("dynamodb").resolve(digest(project)))
                .ensure(progress, made -> build(root, project, made, progress));
    }

    private static void build(Path root, Path project, Path made, Progress progress)
            throws IOException {
        progress.say("DynamoDB Local: resolving it, 30 MB (once) …");
        boolean windows = File.separatorChar == '\\';
        Command.of(
                        root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-q",
                        "-f",
                        project.resolve("pom.xml").toString(),
                        "-Dlocal.output=" + made,
                        "compile",
                        "dependency:copy-dependencies")
                .in(root)
                .run();
    }

    /** Maven runs tests in a module's folder, an IDE perhaps in the project's. */
    private static Path checkout() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IOException(
                "DynamoDB Local is made from a checkout of Hydrant, and "
                        + Path.of("").toAbsolutePath()
                        + " is in none");
    }

    /** Names what it is made of, so that a change makes it anew. */
    private static String digest(Path project) throws IOException {
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
