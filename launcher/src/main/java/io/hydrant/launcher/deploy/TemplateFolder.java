package io.hydrant.launcher.deploy;

import io.hydrant.localstack.harness.cache.FileTrees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where templates are written: the folder that the user named, which stays, or one for this while.
 *
 * @param path the folder; exists
 * @param kept whether it stays
 */
record TemplateFolder(Path path, boolean kept) implements AutoCloseable {

    /**
     * The folder of that name, which is made where it is missing; a temporary one for null.
     *
     * @throws IllegalArgumentException if there is a file of that name
     */
    static TemplateFolder of(Path named) throws IOException {
        if (named == null) {
            return new TemplateFolder(Files.createTempDirectory("hydrant-deploy"), false);
        }
        if (Files.exists(named) && !Files.isDirectory(named)) {
            throw new IllegalArgumentException(
                    "--out is " + named + ", which is no folder; name one, or a new one");
        }
        return new TemplateFolder(Files.createDirectories(named), true);
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            FileTrees.delete(path);
        }
    }
}
