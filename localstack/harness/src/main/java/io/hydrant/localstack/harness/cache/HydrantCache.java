package io.hydrant.localstack.harness.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that keeps what takes long to make: {@code $HYDRANT_CACHE}, else {@code
 * $XDG_CACHE_HOME/hydrant}, else {@code ~/.cache/hydrant}.
 *
 * <p>Everything in it can be deleted at any time while nothing of Hydrant runs; it is made again.
 */
public final class HydrantCache {

    private final Path root;

    private HydrantCache(Path root) {
        this.root = root;
    }

    /**
     * The cache of the user who runs this process.
     *
     * @return the cache; its folder may not exist yet
     */
    public static HydrantCache ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * A cache in a folder of its own, for tests that must not meet the user's.
     *
     * @param root its folder
     * @return the cache; its folder may not exist yet
     */
    public static HydrantCache at(Path root) {
        return new HydrantCache(root.toAbsolutePath().normalize());
    }

    static HydrantCache of(Map<String, String> environment, Path home) {
        String own = environment.getOrDefault("HYDRANT_CACHE", "");
        if (!own.isBlank()) {
            return new HydrantCache(Path.of(own).toAbsolutePath().normalize());
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg);
        return new HydrantCache(base.resolve("hydrant").toAbsolutePath().normalize());
    }

    /**
     * The cache's own folder.
     *
     * @return an absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * A folder in the cache, made if it does not exist.
     *
     * @param first name of the folder in the root
     * @param more names of folders below
     * @return the folder
     * @throws IOException if the cache cannot be written; the message names {@code HYDRANT_CACHE}
     */
    public Path folder(String first, String... more) throws IOException {
        Path folder = root.resolve(Path.of(first, more));
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot make the cache folder "
                            + folder
                            + "; set HYDRANT_CACHE to a folder that you may write",
                    e);
        }
    }

    /**
     * A folder that is made once, by whichever process comes first, and is complete or absent.
     *
     * @param folder names the folder
     * @return the entry, for {@link CacheEntry#ensure}
     */
    public CacheEntry entry(Path folder) {
        if (!folder.startsWith(root)) {
            throw new IllegalArgumentException(folder + " is not in the cache " + root);
        }
        return new CacheEntry(folder);
    }
}
