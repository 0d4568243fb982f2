package io.hydrant.localstack.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies. */
final class ProjectFolder {

    private ProjectFolder() {}

    /** Maven runs tests in the module's folder, an IDE perhaps in the project's. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
