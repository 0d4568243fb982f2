package io.hydrant.localstack.bench;

import io.hydrant.localstack.harness.cache.FileTrees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder for logs and checkpoints of a benchmark.
 *
 * @param path the folder; exists
 * @param kept whether it stays when the benchmark ends
 */
record WorkFolder(Path path, boolean kept) implements AutoCloseable {

    /** The user's folder, which is kept, or a temporary one for null. */
    static WorkFolder of(Path wanted) throws IOException {
        return wanted == null
                ? new WorkFolder(Files.createTempDirectory("hydrant-bench-"), false)
                : new WorkFolder(Files.createDirectories(wanted.toAbsolutePath()), true);
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            FileTrees.delete(path);
        }
    }
}
