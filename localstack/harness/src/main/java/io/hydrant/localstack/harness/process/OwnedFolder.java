package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.cache.FileTrees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A temporary folder that goes with this JVM, however that one ends: by itself, by Ctrl-C, or
 * killed hard.
 *
 * <p>A {@link Supervisor} deletes it, since the threads of a JVM that is ending write on and would
 * make anew what a shutdown hook has just deleted.
 */
public final class OwnedFolder implements AutoCloseable {

    private static final String OF_SUPERVISOR = ".supervisor";

    private final Path path;
    private final SupervisedProcess supervised;

    private OwnedFolder(Path path, SupervisedProcess supervised) {
        this.path = path;
        this.supervised = supervised;
    }

    /**
     * Makes a folder among the temporary ones.
     *
     * @param prefix what its name begins with
     * @return the folder, empty but for a hidden one
     * @throws IOException if it cannot be made, or what is to delete it does not start
     */
    public static OwnedFolder create(String prefix) throws IOException {
        Path path = Files.createTempDirectory(prefix);
        boolean isOwned = false;
        try {
            SupervisedProcess supervised =
                    SupervisedProcess.start(
                            new ProcessMark(
                                    "folder/" + path.getFileName(),
                                    ProcessIdentity.ofThisProcess()),
                            new SupervisedProcess.Specification(
                                    List.of(),
                                    System.getenv(),
                                    List.of("rm", "-rf", path.toString())),
                            Files.createDirectory(path.resolve(OF_SUPERVISOR)));
            isOwned = true;
            return new OwnedFolder(path, supervised);
        } finally {
            if (!isOwned) {
                FileTrees.delete(path);
            }
        }
    }

    /**
     * Where it is.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    /**
     * Deletes it with everything in it.
     *
     * @throws IOException if something in it cannot be deleted
     */
    @Override
    public void close() throws IOException {
        supervised.end();
        FileTrees.delete(path);
    }
}
