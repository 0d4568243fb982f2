package io.hydrant.localstack.harness.cache;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Whole folders: deleting and merging them. */
public final class FileTrees {

    private FileTrees() {}

    /**
     * Deletes a file or a folder with everything in it; links are deleted, not followed.
     *
     * @param root what to delete; nothing happens when it does not exist
     * @throws IOException if something in it cannot be deleted
     */
    public static void delete(Path root) throws IOException {
        try {
            Files.walkFileTree(root, new Deleting());
        } catch (NoSuchFileException ignored) {
            // Gone already, by us or by somebody else who cleans up.
        }
    }

    /**
     * Moves everything in one folder into another, into the folders that it already has.
     *
     * @param from the folder to empty
     * @param to the folder to fill; made if absent
     * @throws IOException if a file cannot be moved
     */
    public static void moveInto(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.move(
                                file,
                                to.resolve(from.relativize(file).toString()),
                                StandardCopyOption.REPLACE_EXISTING);
                        return FileVisitResult.CONTINUE;
                    }
                });
        delete(from);
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
