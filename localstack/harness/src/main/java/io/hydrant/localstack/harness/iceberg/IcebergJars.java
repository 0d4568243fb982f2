package io.hydrant.localstack.harness.iceberg;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.SideProject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Iceberg's jars, resolved by Maven when they are first needed, and kept in the cache.
 *
 * @param folder has {@code classes} and {@code lib}
 */
public record IcebergJars(Path folder) {

    private static final String FLINK_RUNTIME = "iceberg-flink-runtime-";

    /**
     * What a Flink cluster needs that has tables on S3 and, for trying out, a catalog in SQLite.
     */
    private static final List<String> OF_FLINK =
            List.of(
                    FLINK_RUNTIME,
                    "iceberg-aws-bundle-",
                    "hadoop-client-api-",
                    "hadoop-client-runtime-",
                    "sqlite-jdbc-");

    /**
     * Finds the jars, or fetches them.
     *
     * @param checkout root of the checkout, whose Maven fetches them
     * @param progress told about downloads
     * @throws IOException if they cannot be had; with what Maven said last
     */
    public static IcebergJars find(Path checkout, Progress progress) throws IOException {
        Path project = checkout.resolve("localstack").resolve("iceberg");
        return new IcebergJars(
                new SideProject(checkout, project, "local.output")
                        .folder(
                                HydrantCache.ofUser(),
                                "iceberg",
                                "Iceberg: resolving its jars, 190 MB (once) …",
                                progress));
    }

    /**
     * What belongs into Flink's {@code lib}.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<Path> ofFlink() throws IOException {
        return jars(name -> OF_FLINK.stream().anyMatch(name::startsWith));
    }

    /**
     * What a process of Iceberg's own needs; the jar for Flink has the same classes differently.
     */
    List<Path> ofServer() throws IOException {
        return jars(name -> !name.startsWith(FLINK_RUNTIME));
    }

    private List<Path> jars(Predicate<String> isWanted) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            return files.filter(file -> isWanted.test(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
