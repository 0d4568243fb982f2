package io.hydrant.localstack.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs statements over few bids: whether they are measured, not what. */
class SqlBenchITCase {

    @TempDir private Path folder;

    @Test
    void measuresQuestionsAndFunctionsAndWritesThePage() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path page = folder.resolve("results/sql.md");

        int exitCode =
                new CommandLine(new SqlBench())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "--records=2000",
                                "--repeats=1",
                                "--cases=kinesis-join,step,hand-window,kda-window,forest-alone,forest",
                                "--latency-seconds=1",
                                "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(Files.readString(page))
                .contains(
                        "2,000 bids for 1,009 auctions",
                        "| bids outbid on the same auction within 20 s | Hydrant's Kinesis source |",
                        "| `STEP(t, INTERVAL '1' MINUTE)` | Flink's datagen |",
                        "The application for the bids and highest price",
                        "`RANDOM_CUT_FOREST` takes",
                        "a row of the leaderboard",
                        "No target is judged");
    }

    @Test
    void namesTheCasesToOneWhoAsksForAnother() {
        StringWriter err = new StringWriter();

        int exitCode =
                new CommandLine(new SqlBench())
                        .setErr(new PrintWriter(err, true))
                        .execute("--cases=fast");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no case 'fast'", "kinesis-top");
    }
}
