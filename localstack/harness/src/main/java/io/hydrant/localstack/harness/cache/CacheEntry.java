package io.hydrant.localstack.harness.cache;

import io.hydrant.localstack.harness.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder of the cache that is either complete or absent.
 *
 * <p>It is built in a folder beside it and renamed when it is whole, so one whose making was killed
 * is never used. One process builds at a time; the others wait and find it made.
 */
public final class CacheEntry {

    /** Fills a folder. */
    @FunctionalInterface
    public interface Builder {

        /**
         * Fills an empty folder, which moves to its final place afterwards.
         *
         * @param folder exists and is empty
         * @throws IOException if it cannot be filled; what was written is deleted
         */
        void build(Path folder) throws IOException;
    }

    private final Path folder;

    CacheEntry(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds the folder unless it is there.
     *
     * @param progress told when another process has to be waited for
     * @param builder called at most once
     * @return the complete folder
     * @throws IOException whatever the builder threw
     */
    public Path ensure(Progress progress, Builder builder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path parent = Files.createDirectories(folder.getParent());
        String name = folder.getFileName().toString();
        try (FolderLock ignored = FolderLock.acquire(parent.resolve(name + ".lock"), progress)) {
            if (Files.isDirectory(folder)) {
                return folder;
            }
            Path making = parent.resolve(name + ".making");
            FileTrees.delete(making);
            Files.createDirectory(making);
            try {
                builder.build(making);
                Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTrees.delete(making);
            }
        }
        return folder;
    }
}
