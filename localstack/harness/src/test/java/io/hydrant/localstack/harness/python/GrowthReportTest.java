package io.hydrant.localstack.harness.python;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthReportTest {

    private final List<String> said = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    void saysHowMuchCameWheneverItGrewByAMegabyte() throws IOException {
        try (GrowthReport report = GrowthReport.start(folder, "flink", said::add)) {
            report.say();
            Files.createDirectory(folder.resolve("inner"));
            Files.write(folder.resolve("inner/a"), new byte[2_300_000]);
            report.say();
            Files.write(folder.resolve("b"), new byte[600_000]);
            report.say();
            Files.write(folder.resolve("c"), new byte[100_000]);
            report.say();
        }

        assertThat(said).containsExactly("flink: 2 MB so far", "flink: 3 MB so far");
    }

    @Test
    void saysNothingWhenTheFolderIsGone() {
        try (GrowthReport report = GrowthReport.start(folder.resolve("gone"), "flink", said::add)) {
            report.say();
        }

        assertThat(said).isEmpty();
    }
}
