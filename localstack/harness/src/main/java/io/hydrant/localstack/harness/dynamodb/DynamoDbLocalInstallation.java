package io.hydrant.localstack.harness.dynamodb;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.SideProject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * DynamoDB Local with our main class, resolved and compiled by Maven when it is first needed, and
 * kept in the cache.
 */
final class DynamoDbLocalInstallation {

    private DynamoDbLocalInstallation() {}

    /**
     * The folder with {@code classes} and {@code lib}.
     *
     * @throws IOException if it cannot be resolved or compiled; with what Maven said last
     */
    static Path folder(HydrantCache cache, Progress progress) throws IOException {
        Path root = checkout();
        Path project = root.resolve("localstack").resolve("dynamodb");
        return new SideProject(root, project, "local.output")
                .folder(
                        cache,
                        "dynamodb",
                        "DynamoDB Local: resolving it, 30 MB (once) …",
                        progress);
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
}
