package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.Conditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

class OwnedFolderITCase {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir private Path temporary;

    @Test
    void goesWhenItIsClosed() throws Exception {
        Path path;
        try (OwnedFolder folder = OwnedFolder.create("hydrant-test-")) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("inner")).resolve("file"), "text");
        }

        assertThat(path).doesNotExist();
    }

    /** Killed, no hook of the JVM runs; asked to end, its threads write on for a while. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesWithItsOwner(boolean isKilled) throws Exception {
        Path output = temporary.resolve("owner.log");
        Process owner = JvmFork.start(Owner.class, Map.of(), output);
        Path folder;
        try {
            Conditions.until(
                    TIMEOUT,
                    "the owner to have a folder",
                    () -> Files.readString(output).endsWith("\n"));
            folder = Path.of(Files.readString(output).strip());
            assertThat(folder.resolve("growing")).exists();
        } finally {
            if (isKilled) {
                owner.destroyForcibly();
            } else {
                owner.destroy();
            }
        }

        Conditions.until(
                TIMEOUT, "the folder to go", () -> !owner.isAlive() && !Files.exists(folder));
    }

    /** Writes into its folder until it is killed. */
    static final class Owner {

        private Owner() {}

        @SuppressWarnings("checkstyle:systemOut")
        public static void main(String[] args) throws Exception {
            Path folder = OwnedFolder.create("hydrant-test-").path();
            Files.createDirectory(folder.resolve("growing"));
            System.out.println(folder);
            for (int i = 0; ; i++) {
                Files.createDirectories(folder.resolve("growing").resolve("folder-" + i));
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
