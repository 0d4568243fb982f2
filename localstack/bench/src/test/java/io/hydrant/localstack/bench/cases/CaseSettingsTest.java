package io.hydrant.localstack.bench.cases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class CaseSettingsTest {

    @TempDir private Path folder;

    @Test
    void reachesTheMeasuredJvmUnchanged() {
        CaseSettings settings =
                new CaseSettings(
                        BenchCase.KPL_FAST,
                        12,
                        3,
                        100,
                        Path.of("a=b.jsonl"),
                        URI.create("http://127.0.0.1:1"),
                        "arn:aws:kinesis:us-east-1:000000000000:stream/flights",
                        URI.create("http://127.0.0.1:2"),
                        "bucket",
                        folder,
                        folder.resolve("figures.properties"));

        assertThat(CaseSettings.parse(settings.toArguments().toArray(String[]::new)))
                .isEqualTo(settings);
    }

    @Test
    void figuresComeBackUnchanged() throws IOException {
        CpuSamples cpu = new CpuSamples();
        cpu.add(1, 2_000_000_000L);
        CpuSamples jvm = new CpuSamples();
        jvm.add(1, 1_000_000_000L);
        CaseFigures figures = new CaseFigures(cpu, jvm, 3, 4, 5, 6, 7, 8, 9);
        Path file = folder.resolve("figures.properties");

        figures.write(file);

        assertThat(CaseFigures.read(file)).usingRecursiveComparison().isEqualTo(figures);
    }
}
