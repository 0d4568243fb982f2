package io.hydrant.localstack.bench.cases;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlightLinesTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("flights.jsonl");
    }

    @Test
    void beginsAnewWithOtherIds() throws IOException {
        FlightLines lines = read("{\"id\":\"a\",\"x\":1}\n{\"id\":\"bc\"}\n");

        assertThat(lines.distinct()).isEqualTo(2);
        assertThat(line(lines, 0)).isEqualTo("{\"id\":\"a\",\"x\":1}");
        assertThat(line(lines, 1)).isEqualTo("{\"id\":\"bc\"}");
        assertThat(line(lines, 2)).isEqualTo("{\"id\":\"1-a\",\"x\":1}");
        assertThat(line(lines, 21)).isEqualTo("{\"id\":\"10-bc\"}");
    }

    @Test
    void countsTheBytesThatItGives() throws IOException {
        FlightLines lines = read("{\"id\":\"a\",\"x\":1}\n{\"id\":\"bc\"}\n");

        long sum = 0;
        for (long i = 0; i < 25; i++) {
            sum += lines.line(i).length + 1;
        }
        assertThat(lines.bytes(25)).isEqualTo(sum);
    }

    @Test
    void refusesLinesWithoutAnId() {
        assertThatThrownBy(() -> read("{\"id\":\"a\"}\n{\"x\":1}\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("Line 2 of " + file + " does not begin with an id");
    }

    @Test
    void refusesAFileThatWasCutOff() {
        assertThatThrownBy(() -> read("{\"id\":\"a\"}\n{\"id\":\"b"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " does not hold whole lines");
    }

    private FlightLines read(String content) throws IOException {
        Files.writeString(file, content);
        return FlightLines.read(file);
    }

    private static String line(FlightLines lines, long number) {
        return new String(lines.line(number), StandardCharsets.UTF_8);
    }
}
