package io.hydrant.localstack.bench.measure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class JvmThreadsTest {

    @TempDir private Path threads;

    @Test
    void addsUpCompilersAndCollectorsOnly() throws IOException {
        thread(11, "C2 CompilerThre", 100, 20);
        thread(12, "G1 Conc#0", 7, 0);
        thread(13, "GC Thread#1", 0, 3);
        thread(14, "Source: (a) b", 5000, 5000);

        assertThat(new JvmThreads(threads).cpuNanos()).isEqualTo(1_300_000_000L);
    }

    @Test
    void countsAThreadThatHasEnded() throws IOException {
        thread(11, "C1 CompilerThre", 10, 0);
        JvmThreads jvm = new JvmThreads(threads);
        assertThat(jvm.cpuNanos()).isEqualTo(100_000_000L);

        Files.delete(threads.resolve("11/stat"));
        thread(12, "C1 CompilerThre", 5, 0);

        assertThat(jvm.cpuNanos()).isEqualTo(150_000_000L);
    }

    @Test
    void tellsNothingWhereTheSystemDoesNot() {
        assertThat(new JvmThreads(threads.resolve("missing")).cpuNanos()).isZero();
    }

    private void thread(int id, String name, long userTicks, long systemTicks) throws IOException {
        Path folder = Files.createDirectories(threads.resolve(Integer.toString(id)));
        Files.writeString(
                folder.resolve("stat"),
                id
                        + " ("
                        + name
                        + ") S 1 2 3 4 5 6 7 8 9 10 "
                        + userTicks
                        + ' '
                        + systemTicks
                        + " 0 0 20 0\n");
    }
}
