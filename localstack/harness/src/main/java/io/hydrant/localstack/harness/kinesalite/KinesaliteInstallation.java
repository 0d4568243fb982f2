package io.hydrant.localstack.harness.kinesalite;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Kinesalite and all that it needs, as its lock file names them, with what each must hash to;
 * installed through the npm of this machine and with its settings, and kept in the cache.
 */
final class KinesaliteInstallation {

    static final String START = "serve.js";

    /** Names the folder: whoever changes a file below raises what is behind the version. */
    private static final String VERSION = "3.3.3-1";

    private static final List<String> FILES = List.of("package.json", "package-lock.json", START);

    private KinesaliteInstallation() {}

    /**
     * The folder in which it can be started.
     *
     * @throws IOException if it cannot be installed, with what npm said last
     */
    static Path folder(HydrantCache cache, Progress progress) throws IOException {
        return cache.entry(cache.folder("kinesalite").resolve(VERSION))
                .ensure(
                        progress,
                        making -> {
                            progress.say("Kinesalite: installing it through npm, 9 MB (once) …");
                            install(making);
                        });
    }

    private static void install(Path folder) throws IOException {
        for (String file : FILES) {
            try (InputStream content = KinesaliteInstallation.class.getResourceAsStream(file)) {
                Files.copy(content, folder.resolve(file));
            }
        }
        try {
            // What is optional would be compiled, and is needed for data on disk only.
            Command.of(
                            "npm",
                            "ci",
                            "--omit=optional",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund")
                    .in(folder)
                    .run();
        } catch (IOException e) {
            throw new IOException(
                    "Kinesalite needs Node.js with npm (on Debian and Ubuntu: apt-get install nodejs"
                            + " npm), and could not be installed with it",
                    e);
        }
    }
}
