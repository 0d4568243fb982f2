package io.hydrant.launcher.deploy;

import io.hydrant.localstack.harness.cache.FileTrees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the CDK writes templates; gone when it is closed, unless it was asked to be kept. */
final class TemplateFolder implements AutoCloseable {

    private final Path path;
    private final boolean kept;

    private TemplateFolder(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /**
     * Makes one.
     *
     * @param folder where it is kept, or null to keep it nowhere
     */
    static TemplateFolder in(Path folder) throws IOException {
        return folder == null
                ? new TemplateFolder(Files.createTempDirectory("hydrant-deploy"), false)
                : new TemplateFolder(Files.createDirectories(folder), true);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            FileTrees.delete(path);
        }
    }
}
