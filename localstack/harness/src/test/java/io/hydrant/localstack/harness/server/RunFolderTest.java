package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStackForm;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class RunFolderTest {

    private static final ProcessIdentity DEAD = new ProcessIdentity(1, "never");
    private static final ProcessIdentity ALIVE = ProcessIdentity.ofThisProcess();

    @TempDir private Path home;
    private HydrantCache cache;

    @BeforeEach
    void makeCache() {
        cache = HydrantCache.at(home);
    }

    @Test
    void isFoundByOtherProcesses() throws IOException {
        RunFolder.State owned = state(ALIVE, DEAD);
        RunFolder.State ownerless = state(null, ALIVE);

        run("a", owned);
        run("b", ownerless);

        assertThat(RunFolder.of(cache, "a").read()).contains(owned);
        assertThat(RunFolder.of(cache, "b").read()).contains(ownerless);
        assertThat(RunFolder.of(cache, "c").read()).isEmpty();
    }

    @Test
    void isSweptWhenOwnerAndSupervisorAreGoneAndKeepsItsLog() throws IOException {
        RunFolder over = run("over", state(DEAD, DEAD));
        Files.writeString(over.path().resolve("process.log"), "why");
        Files.createDirectories(over.path().resolve("root/var"));
        RunFolder supervised = run("supervised", state(DEAD, ALIVE));
        RunFolder owned = run("owned", state(ALIVE, DEAD));
        RunFolder ownerless = run("ownerless", state(null, DEAD));
        RunFolder unborn = RunFolder.of(cache, "unborn");
        unborn.clear();

        RunFolder.sweep(cache);

        assertThat(over.path()).doesNotExist();
        assertThat(unborn.path()).doesNotExist();
        assertThat(supervised.path()).exists();
        assertThat(owned.path()).exists();
        assertThat(ownerless.path()).exists();
        try (Stream<Path> files = Files.walk(over.path().getParent())) {
            assertThat(files)
                    .filteredOn(file -> file.toString().endsWith("-over/process.log"))
                    .singleElement()
                    .satisfies(log -> assertThat(log).hasContent("why"))
                    .satisfies(log -> assertThat(log.resolveSibling("root")).doesNotExist());
        }
    }

    @Test
    void mayBeSweptWhileItsRunEnds() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 100; i++) {
                RunFolder ending = run("ending-" + i, state(ALIVE, DEAD));
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Void> swept =
                        other.submit(
                                () -> {
                                    together.await();
                                    RunFolder.sweep(cache);
                                    return null;
                                });
                together.await();
                ending.setAside();
                swept.get();

                assertThat(ending.path()).doesNotExist();
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void keepsTheLogsOfFiveEndedRunsAtMost() throws IOException {
        for (int i = 0; i < 8; i++) {
            run("over-" + i, state(DEAD, DEAD));
        }

        RunFolder.sweep(cache);
        RunFolder.sweep(cache);

        try (Stream<Path> runs = Files.list(cache.folder("localstack", "runs"))) {
            assertThat(runs).hasSize(5);
        }
    }

    private RunFolder run(String name, RunFolder.State state) throws IOException {
        RunFolder folder = RunFolder.of(cache, name);
        folder.clear();
        folder.write(state);
        return folder;
    }

    private static RunFolder.State state(ProcessIdentity owner, ProcessIdentity supervisor) {
        return new RunFolder.State(
                new ProcessMark("localstack/test", owner),
                supervisor,
                LocalStackForm.HOST,
                URI.create("http://127.0.0.1:4566"));
    }
}
