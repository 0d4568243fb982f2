package io.hydrant.localstack.bench.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class LogLinesTest {

    @TempDir private Path folder;

    @Test
    void writesAllLinesAsOftenAsIsAsked() throws Exception {
        Path file = folder.resolve("log");

        LogLines.write(file, 2);

        List<String> lines = Files.readAllLines(file);
        assertThat(Files.size(file)).isEqualTo(2 * LogLines.blockBytes());
        assertThat(lines).hasSize(2 * LogLines.DISTINCT);
        assertThat(lines.subList(0, LogLines.DISTINCT))
                .isEqualTo(lines.subList(LogLines.DISTINCT, lines.size()))
                .doesNotHaveDuplicates()
                .allMatch(line -> Pattern.compile(LogLines.START).matcher(line).lookingAt());
    }

    @Test
    void givesEachOfManyFilesAFirstLineOfItsOwn() throws Exception {
        long bytes = LogLines.writeMany(folder, 3, 5);

        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        assertThat(files).hasSize(3);
        long size = 0;
        for (int i = 0; i < files.size(); i++) {
            assertThat(Files.readAllLines(files.get(i)))
                    .hasSize(5)
                    .first()
                    .isEqualTo("0.0.0.0 - - file 000000" + i + " begins");
            size += Files.size(files.get(i));
        }
        assertThat(bytes).isEqualTo(size);
    }
}
