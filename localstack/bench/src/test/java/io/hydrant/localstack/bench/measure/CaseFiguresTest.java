package io.hydrant.localstack.bench.measure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class CaseFiguresTest {

    @TempDir private Path folder;

    @Test
    void figuresComeBackUnchanged() throws IOException {
        CpuSamples cpu = new CpuSamples();
        cpu.add(1, 2_000_000_000L);
        CpuSamples jvm = new CpuSamples();
        jvm.add(1, 1_000_000_000L);
        CaseFigures figures =
                new CaseFigures(cpu, jvm, 3, 14, new Measured(4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
        Path file = folder.resolve("figures.properties");

        figures.write(file);

        assertThat(CaseFigures.read(file)).usingRecursiveComparison().isEqualTo(figures);
    }

    @Test
    void aMeasuredRunWritesWhatItsCaseTellsAndItsOwnMeters() throws Exception {
        Path file = folder.resolve("figures.properties");

        MeasuredRun.measure(file, () -> Measured.ofHeap(12));

        CaseFigures figures = CaseFigures.read(file);
        assertThat(figures.measured()).isEqualTo(Measured.ofHeap(12));
        assertThat(figures.cpu().secondsBetween(0, Long.MAX_VALUE)).isNotNegative();
    }
}
