package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.Conditions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessMarkTest {

    private static final ProcessIdentity DEAD = new ProcessIdentity(1, "never");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void comesBackFromItsText() {
        ProcessMark owned = new ProcessMark("localstack/a|b", new ProcessIdentity(7, "99"));
        ProcessMark free = new ProcessMark("localstack/port-4566", null);

        assertThat(ProcessMark.parse(owned.value())).contains(owned);
        assertThat(ProcessMark.parse(free.value())).contains(free);
        assertThat(ProcessMark.parse("somebody else's")).isEmpty();
        assertThat(ProcessMark.parse("a|b")).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsItsOwnProcessesAndNoOthers() throws IOException {
        ProcessMark ours = mark(null);
        Process first = sleep(ours);
        Process other = sleep(mark(null));
        awaitMarked(ours);

        ours.endAll();

        Conditions.until(Duration.ofSeconds(30), "the end of ours", () -> !first.isAlive());
        assertThat(ours.processes()).isEmpty();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsWhatADeadOwnerLeftAndNothingElse() throws IOException {
        ProcessMark orphaned = mark(DEAD);
        ProcessMark owned = mark(ProcessIdentity.ofThisProcess());
        ProcessMark ownerless = mark(null);
        Process left = sleep(orphaned);
        Process wanted = sleep(owned);
        Process detached = sleep(ownerless);
        awaitMarked(orphaned);
        awaitMarked(owned);
        awaitMarked(ownerless);

        ProcessMark.endLeftovers();

        Conditions.until(Duration.ofSeconds(30), "the end of the orphan", () -> !left.isAlive());
        assertThat(wanted.isAlive()).isTrue();
        assertThat(detached.isAlive()).isTrue();
    }

    private static ProcessMark mark(ProcessIdentity owner) {
        return new ProcessMark("test/" + UUID.randomUUID(), owner);
    }

    private Process sleep(ProcessMark mark) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().put(ProcessMark.VARIABLE, mark.value());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void awaitMarked(ProcessMark mark) {
        Conditions.until(
                Duration.ofSeconds(30), "a marked process", () -> !mark.processes().isEmpty());
    }
}
