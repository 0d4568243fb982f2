package io.hydrant.localstack.bench;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs readers and writers with few records: whether they are measured, not what. */
class StreamBenchITCase {

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
    void measuresReadersAndWritesThePage() throws Exception {
        String page =
                run(
                        new SourceBench(),
                        "--records=3000",
                        "--repeats=1",
                        "--cases=sdk-loop,hydrant,hydrant-sdk",
                        "--loads=kpl-100",
                        "--shards=3",
                        "--idle-shards=2",
                        "--idle-seconds=1");

        assertThat(page)
                .contains(
                        "3,000 a run",
                        "| 3 | plain SDK loop, one thread |",
                        "| 3 | Hydrant source |",
                        "| 3 | Hydrant source, SDK decoding |",
                        "never more than five in a second",
                        "| package, KPL aggregates of 100 records of 300 B |",
                        "No target of processor time is judged");
    }

    @Test
    void measuresWritersAndWritesThePage() throws Exception {
        String page =
                run(
                        new SinkBench(),
                        "--records=3000",
                        "--repeats=1",
                        "--cases=sdk-loop,putter,hydrant",
                        "--loads=plain-300,kpl-100");

        assertThat(page)
                .contains(
                        "### Plain records of 300 B",
                        "| 4 | plain SDK loop, one thread |",
                        "### KPL aggregates of 100 records of 300 B",
                        "| 4 | Hydrant BatchPutter |",
                        "| 4 | Hydrant sink |");
    }

    /** Downloads 120 MB the first time, so only where it is asked for. */
    @Test
    @EnabledIfSystemProperty(named = "hydrant.bench.rival", matches = "true")
    void measuresTheOfficialConnector() throws Exception {
        assertThat(
                        run(
                                new SourceBench(),
                                "--records=3000",
                                "--repeats=1",
                                "--cases=official,official-legacy",
                                "--loads=kpl-100",
                                "--shards=3",
                                "--idle-shards=0"))
                .contains(
                        "| 3 | official KinesisStreamsSource |",
                        "| 3 | official FlinkKinesisConsumer |");
        assertThat(
                        run(
                                new SinkBench(),
                                "--records=3000",
                                "--repeats=1",
                                "--cases=official",
                                "--loads=plain-1k"))
                .contains("| 4 | official KinesisStreamsSink |");
    }

    private String run(Object bench, String... arguments) throws Exception {
        Path page = folder.resolve("results/page.md");
        int exitCode =
                new CommandLine(bench)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                Stream.concat(
                                                Arrays.stream(arguments),
                                                Stream.of("--output=" + page))
                                        .toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Written to " + page);
        return Files.readString(page);
    }
}
