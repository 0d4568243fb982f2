package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.Conditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** How a command ends with the JVM that runs it. */
class CommandITCase {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir private Path temporary;

    @Test
    void endsWithAJvmThatIsAskedToEndWhileItStarts() throws Exception {
        Process owner = JvmFork.start(Owner.class, Map.of(), temporary.resolve("owner.log"));
        List<ProcessHandle> started;
        try {
            Conditions.until(
                    TIMEOUT,
                    "the command to be there",
                    () -> owner.descendants().findAny().isPresent());
            started = owner.descendants().toList();
        } finally {
            owner.destroy();
        }

        Conditions.until(
                TIMEOUT,
                "both to end",
                () -> !owner.isAlive() && started.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void isNotStartedByAJvmThatIsEnding() throws Exception {
        Path output = temporary.resolve("ending.log");
        Process ending = JvmFork.start(Ending.class, Map.of(), output);

        assertThat(ending.waitFor()).isZero();
        assertThat(Files.readString(output))
                .isEqualToIgnoringNewLines("This JVM is ending, and starts no [sleep, 600]");
    }

    /** Runs a command that does not end by itself. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] args) throws IOException {
            Command.of("sleep", "600").run();
        }
    }

    /** Runs one when it is too late. */
    static final class Ending {

        private Ending() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(Ending::run));
        }

        @SuppressWarnings("checkstyle:systemOut")
        private static void run() {
            try {
                Command.of("sleep", "600").run();
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
