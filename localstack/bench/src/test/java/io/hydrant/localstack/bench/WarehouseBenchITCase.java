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

/** Runs a case of each kind with few rows: whether they are measured, not what. */
class WarehouseBenchITCase {

    private static final String ROOT = "hydrant.root";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void nameTheCheckout() {
        System.setProperty(ROOT, Path.of("../..").toAbsolutePath().normalize().toString());
    }

    @AfterEach
    void forgetTheCheckout() {
        System.clearProperty(ROOT);
    }

    @Test
    void measuresEveryKindOfCaseAndWritesThePage() throws Exception {
        Path page = folder.resolve("results/warehouse.md");

        int exitCode =
                run(
                        "--rows=3000",
                        "--load-rows=3000",
                        "--hour-rows=600",
                        "--hour-commits=60",
                        "--commits=2",
                        "--rows-per-second=2",
                        "--repeats=1",
                        "--cases=iceberg-own,iceberg-hour,iceberg-commits,redshift-load",
                        "--output=" + page);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(Files.readString(page))
                .contains(
                        "| Iceberg's own sink behind Flink's JSON |",
                        // A file of each of two tasks, and hardly any of them once compacted.
                        "| as 60 commits left them | 120 |",
                        "| compacted every five minutes | 1 |",
                        "3,000 rows in 1 staged files",
                        "| the load of the sink |",
                        "| the bare COPY of the same files |",
                        // Each commit one of its own, and every file in the table.
                        "| Iceberg | 5 | 2 | 720 | 2.0 |",
                        "| Iceberg | 300 | 2 | 12 | 2.0 |",
                        "No target is judged");
    }

    @Test
    void namesTheCases() {
        assertThat(run("--list-cases")).isZero();

        assertThat(out.toString())
                .contains("iceberg-own", "iceberg-hour", "redshift-load", "redshift-commits");
    }

    @Test
    void refusesACaseThatThereIsNotAndRepeatsThatAreNone() {
        assertThat(run("--cases=snowflake")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("--repeats=0")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(err.toString())
                .contains("There is no case 'snowflake'; the cases are [iceberg, iceberg-own")
                .contains("--repeats must be at least 1, but is 0");
    }

    private int run(String... arguments) {
        return new CommandLine(new WarehouseBench())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
