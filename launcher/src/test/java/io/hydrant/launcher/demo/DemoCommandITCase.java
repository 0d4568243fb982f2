package io.hydrant.launcher.demo;

import io.hydrant.launcher.Launcher;
import io.hydrant.localstack.harness.Conditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What CI does not see by running the demo to its end. */
class DemoCommandITCase {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Test
    void leavesNoProcessWhenItIsEndedHalfWay() throws Exception {
        Process demo = startDemo();
        List<ProcessHandle> started;
        try {
            awaitLine(demo, "$ flink run -d hydrant-delivery.jar");
            started = demo.descendants().toList();
        } finally {
            // As Ctrl-C does, but heard also where a shell started this build in the background.
            demo.destroy();
        }

        // At least LocalStack, a JobManager and a TaskManager, each with its supervisor.
        assertThat(started).hasSizeGreaterThanOrEqualTo(6);
        Conditions.comeTrue(
                TIMEOUT,
                () -> !demo.isAlive() && started.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(demo.isAlive()).isFalse();
        assertThat(started)
                .filteredOn(ProcessHandle::isAlive)
                .extracting(ProcessHandle::info)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--month 13, '--month is 13; it must be from 1 to 12'",
        "--parallelism 0, '--parallelism is 0; it must be from 1 to 64'",
        "--iceberg --flights 5, '--flights goes with --sql or alone, with no other; --month takes the flights of a month'",
        "--redshift --flights 5, '--flights goes with --sql or alone, with no other; --month takes the flights of a month'",
        "--sql --redshift, '--sql, --redshift and --iceberg are demos of their own; give one of them'",
        "--iceberg --sql, '--sql, --redshift and --iceberg are demos of their own; give one of them'",
        "--redshift --from-logs, '--from-logs goes with --sql or alone, with no other'",
        "--sql --flights 0, '--flights is 0; it must be from 1 to 27004'",
    })
    void refusesWhatMakesNoSense(String arguments, String message) {
        StringWriter err = new StringWriter();

        int exitCode =
                new CommandLine(new DemoCommand())
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    private static Process startDemo() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dhydrant.root=" + System.getProperty("hydrant.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        "demo")
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(Process demo, String beginning) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(beginning)) {
                return;
            }
        }
        throw new AssertionError("The demo ended before it said " + beginning + ":\n" + said);
    }
}
