package io.hydrant.localstack.harness.data;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.python.PythonPackages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The npm package {@code vega-datasets}, of which a few files are kept. */
final class VegaArchive {

    static final String PACKAGE = "vega-datasets";
    static final String VERSION = "3.2.1";

    /** What the registry says of this version, so that no other bytes are taken for it. */
    private static final String SHA_512 =
            "lTSwZA6yq6qSU2YZm+6bqILiIvTPPxn4itir7jPGFmHIdPvUfQ9pCzzcrklYywMJgLUbaIeSkZQdiJd6wBxPug==";

    private VegaArchive() {}

    /**
     * Downloads the package through the npm of this machine, and keeps files of it.
     *
     * @throws IOException if npm is missing or fails, or the package is not the one expected
     */
    static void keep(List<String> files, Path folder, HydrantCache cache, Progress progress)
            throws IOException {
        progress.say(PACKAGE + ": downloading version " + VERSION + " (18 MB) …");
        Command.of("npm", "pack", "--silent", PACKAGE + "@" + VERSION).in(folder).run();
        Path archive = folder.resolve(PACKAGE + "-" + VERSION + ".tgz");
        requireExpected(archive);
        Path unpacked = folder.resolve("unpacked");
        PythonPackages.find(cache, "Unpacking " + PACKAGE, progress).unpackTar(archive, unpacked);
        for (String file : files) {
            Files.move(
                    unpacked.resolve("package").resolve("data").resolve(file),
                    folder.resolve(file));
        }
        Files.delete(archive);
        FileTrees.delete(unpacked);
    }

    private static void requireExpected(Path archive) throws IOException {
        String found;
        try {
            found =
                    Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-512")
                                            .digest(Files.readAllBytes(archive)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-512", e);
        }
        if (!found.equals(SHA_512)) {
            throw new IOException(
                    archive.getFileName() + " has the SHA-512 " + found + ", not " + SHA_512);
        }
    }
}
