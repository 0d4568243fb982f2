package io.hydrant.launcher.soak;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** A short soak, so that the long ones can be believed. */
class SoakCommandITCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void losesAndDoublesNothing() {
        assertThat(run("delivery", "--rounds", "2", "--records", "200", "--seed", "4"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString())
                .containsPattern("round 2 of 2: .*, a shard split;")
                .contains("COMPLETE: every record of the stream was delivered exactly once")
                .contains("rounds=2 lost=0 doubled=0");
    }

    @Test
    void losesAndDoublesNothingOfManyPartitions() {
        assertThat(
                        run(
                                "delivery",
                                "--rounds=1",
                                "--records=400",
                                "--seed=3",
                                "--format=partitioned"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString()).contains("rounds=1 lost=0 doubled=0");
    }

    @Test
    void losesAndDoublesNothingThroughALambdaFunctionThatFails() {
        assertThat(run("delivery", "--rounds=1", "--records=400", "--seed=3", "--format=lambda"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString()).contains("rounds=1 lost=0 doubled=0");
    }

    @Test
    void losesAndDoublesNothingOfParquetFiles() {
        assertThat(run("delivery", "--rounds=1", "--records=400", "--seed=5", "--format=parquet"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString()).contains("rounds=1 lost=0 doubled=0");
    }

    @Test
    void losesAndDoublesNothingOnTheWayIntoRedshift() {
        assertThat(run("redshift", "--rounds=2", "--records=200", "--seed=2"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString())
                .contains("LOADED: every staged object is in soak, exactly once")
                .contains("rounds=2 lost=0 doubled=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--access=data-api", "--dialect=postgresql", "--format=parquet"})
    void losesAndDoublesNothingOnOtherWaysIntoAWarehouse(String way) {
        assertThat(run("redshift", way, "--rounds=1", "--records=200", "--seed=1"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString())
                .contains("LOADED: every staged object is in soak, exactly once")
                .contains("rounds=1 lost=0 doubled=0");
    }

    @Test
    void refusesWaysIntoAWarehouseThatThereAreNot() {
        assertThat(run("redshift", "--access=odbc")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--access is odbc; it must be jdbc or data-api");
        assertThat(run("redshift", "--access=data-api", "--dialect=postgresql")).isEqualTo(2);
        assertThat(err.toString()).contains("--access data-api is for Redshift");
        assertThat(run("redshift", "--format=parquet", "--dialect=postgresql")).isEqualTo(2);
        assertThat(err.toString()).contains("--format parquet is for Redshift");
    }

    @Test
    void losesAndDoublesNoRowOfATableOfIceberg() {
        assertThat(run("iceberg", "--rounds=3", "--records=200", "--seed=1"))
                .as(() -> out + "\n" + err)
                .isZero();

        assertThat(out.toString())
                .contains("commit failed before it took effect", "TaskManager killed")
                .contains("IN THE TABLES: every commit of the ledger is in its table")
                .contains("COMPLETE: every record of the stream was delivered exactly once")
                .contains("rounds=3 lost=0 doubled=0");
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertThat(run("delivery", "--format", "csv")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--format is csv; it must be one of plain, gz, zip, snappy");
    }

    @Test
    void refusesRoundsThatAreNone() {
        assertThat(run("delivery", "--rounds", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--rounds must be at least 1");
    }

    @Test
    void wantsToKnowWhatToSoak() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Say what to soak: delivery, redshift, iceberg or source");
    }

    private int run(String... arguments) {
        return new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
