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
class DeliveryBenchITCase {

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
        Path page = folder.resolve("results/delivery.md");

        int exitCode =
                new CommandLine(new DeliveryBench())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--records=3000",
                                "--repeats=1",
                                "--cases=raw-gzip,raw-gzip-10,raw-zstd,raw-zstd-records,corridor-zstd,corridor-zstd-64,transform,select,partitioned-1000,file-sink-10,raw-parquet,corridor-parquet,file-sink-parquet",
                                "--open-objects=20",
                                "--freshness-seconds=1",
                                "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Round 1 of 1: Flink FileSink", "Written to " + page);
        assertThat(Files.readString(page))
                .contains(
                        "3,000 records a run",
                        "| `java.util.zip` GZIP level 6 alone |",
                        "| the same GZIP alone, on lines of 10 groups apart |",
                        "| corridor from memory, Zstandard |",
                        "| corridor from memory, Zstandard, objects of 64 MB |",
                        "| corridor from memory, a transform in Java |",
                        "| corridor from memory, a transform in SQL |",
                        "| corridor from memory, 1,000 partitions by jq |",
                        "| Flink FileSink from memory, 10 buckets |",
                        "| corridor from memory, Parquet |",
                        "| 20 | 20,000 |",
                        "| 10 | 10 | 1,000 |",
                        "No target of processor time is judged");
    }
}
