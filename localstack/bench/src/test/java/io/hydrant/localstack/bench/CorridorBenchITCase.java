package io.hydrant.localstack.bench;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs one case of each kind with few records: whether it measures, not what. */
class CorridorBenchITCase {

    private static final String ROOT = "hydrant.root";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void nameTheCheckout() {
        System.setProperty(ROOT, Path.of("").toAbsolutePath().getParent().getParent().toString());
    }

    @AfterEach
    void forgetTheCheckout() {
        System.clearProperty(ROOT);
    }

    @Test
    void measuresEveryKindOfCaseAndWritesThePage() throws Exception {
        Path page = folder.resolve("results/corridor.md");

        int exitCode =
                new CommandLine(new CorridorBench())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--records=3000",
                                "--repeats=1",
                                "--cases=raw-fast,bare-loop,file-sink,corridor-kpl-fast",
                                "--open-objects=20",
                                "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Round 1 of 1: bare SDK loop", "Written to " + page);
        assertThat(Files.readString(page))
                .contains(
                        "3,000 records a run",
                        "| ISA-L GZIP level `fast` alone |",
                        "| bare SDK loop: Kinesis to S3, one thread |",
                        "| Flink FileSink behind our source, plain records |",
                        "| corridor from Kinesis, KPL, `fast` |",
                        "| 20 | 20,000 |",
                        "No target is judged");
    }
}
