package io.hydrant.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that {@code ./hydrant} stands in. */
public final class HydrantRoot {

    private static final String PROPERTY = "hydrant.root";

    private HydrantRoot() {}

    /** Its folder. */
    public static Path folder() {
        String root = System.getProperty(PROPERTY);
        if (root == null) {
            throw new IllegalStateException(
                    "The system property "
                            + PROPERTY
                            + " is missing; start this through ./hydrant");
        }
        return Path.of(root);
    }

    /** The jar for {@code flink run}. */
    public static Path deliveryJar() {
        return existing(ownDeliveryJar());
    }

    /** Where that is, once it is built. */
    public static Path ownDeliveryJar() {
        return folder().resolve(Path.of("jobs", "delivery", "target", "hydrant-delivery.jar"));
    }

    /** The jar for {@code flink run} that follows files. */
    public static Path ingestJar() {
        return existing(
                folder().resolve(Path.of("jobs", "ingest", "target", "hydrant-ingest.jar")));
    }

    /** The jar for {@code flink run} of SQL. */
    public static Path sqlJar() {
        return existing(folder().resolve(Path.of("sql", "bundle", "target", "hydrant-sql.jar")));
    }

    /** The jar for {@code sql-client.sh -j}. */
    public static Path sqlBundle() {
        return existing(
                folder().resolve(Path.of("sql", "bundle", "target", "hydrant-sql-bundle.jar")));
    }

    /** A script, by its path in {@code sql/scripts}. */
    public static Path script(String path) {
        return existing(folder().resolve(Path.of("sql", "scripts")).resolve(path));
    }

    /** An example of a configuration. */
    public static Path exampleConfig(String name) {
        return existing(folder().resolve(Path.of("examples", name)));
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file + " is missing; build it with ./mvnw -Pfast -DskipTests package");
        }
        return file;
    }
}
