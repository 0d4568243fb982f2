package io.hydrant.launcher.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file of manifests, which only its owner may read; deleted when it is closed, unless someone
 * wants to keep it.
 */
final class ManifestFile implements AutoCloseable {

    private static final String NAME = "hydrant.yaml";

    private final Path path;
    private final boolean kept;

    private ManifestFile(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /**
     * Writes one.
     *
     * @param folder where it is kept, or null to keep it nowhere
     */
    static ManifestFile in(Path folder, String text) throws IOException {
        Path place =
                folder == null
                        ? Files.createTempDirectory("hydrant-deploy")
                        : Files.createDirectories(folder);
        Path file = place.resolve(NAME);
        Files.deleteIfExists(file);
        if (Files.getFileStore(place).supportsFileAttributeView("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
        return new ManifestFile(file, folder != null);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.delete(path);
            Files.delete(path.getParent());
        }
    }
}
