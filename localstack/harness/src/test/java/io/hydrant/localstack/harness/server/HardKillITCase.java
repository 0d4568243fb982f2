package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.JvmFork;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills what owns a LocalStack, and looks whether any process of it is left. */
@EnabledOnOs(OS.LINUX)
class HardKillITCase {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir private Path folder;
    private Process owner;
    private ProcessMark mark;

    @AfterEach
    void endWhatIsLeft() {
        if (owner != null) {
            owner.destroyForcibly();
        }
        if (mark != null) {
            mark.endAll();
        }
    }

    @Test
    void nothingIsLeftWhenTheOwnerIsKilled() throws Exception {
        startOwner();

        kill(owner.toHandle());

        Conditions.until(
                TIMEOUT,
                "Python, Node and the supervisor to end",
                () -> mark.processes().isEmpty());
    }

    @Test
    void theNextStartEndsWhatIsLeftWhenTheSupervisorIsKilledToo() throws Exception {
        startOwner();
        RunFolder run = RunFolder.of(HydrantCache.ofUser(), "process-" + mark.owner());
        ProcessHandle supervisor = run.read().orElseThrow().supervisor().handle().orElseThrow();

        kill(supervisor);
        kill(owner.toHandle());
        owner.waitFor();
        assertThat(commands()).anyMatch(c -> c.contains("localstack.runtime"));
        assertThat(commands()).anyMatch(c -> c.contains("kinesis-local"));

        try (LocalStackServer next = LocalStackServer.ownedByThisProcess(Progress.silent())) {
            assertThat(mark.processes()).isEmpty();
            assertThat(run.path()).doesNotExist();
            assertThat(next.isRunning()).isTrue();
        }
    }

    private void startOwner() throws IOException {
        Path output = folder.resolve("owner.log");
        owner = JvmFork.start(Owner.class, Map.of("HYDRANT_LOCALSTACK_FORM", "host"), output);
        ProcessIdentity identity = ProcessIdentity.of(owner.pid()).orElseThrow();
        mark = new ProcessMark("localstack/process-" + identity, identity);
        Conditions.until(
                TIMEOUT,
                "the owner to have a LocalStack",
                () -> Files.readString(output).contains("ready"));
        assertThat(commands())
                .as("supervisor, Python and Node")
                .hasSizeGreaterThanOrEqualTo(3)
                .anyMatch(c -> c.contains("localstack.runtime"))
                .anyMatch(c -> c.contains("kinesis-local"));
    }

    private List<String> commands() {
        return mark.processes().stream()
                .map(process -> process.info().commandLine().orElse(""))
                .toList();
    }

    private static void kill(ProcessHandle process) {
        assertThat(process.destroyForcibly()).isTrue();
    }

    /** Has a LocalStack until it is killed. */
    static final class Owner {

        private Owner() {}

        @SuppressWarnings("checkstyle:systemOut")
        public static void main(String[] args) throws Exception {
            LocalStackServer server =
                    LocalStackServer.ownedByThisProcess(Progress.onStandardError());
            System.out.println("ready at " + server.endpoint());
            new CountDownLatch(1).await();
        }
    }
}
