package io.hydrant.localstack.it;

import io.hydrant.launcher.Launcher;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.process.Command;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code ./hydrant demo --from-logs} to its end: log, the job that follows it, stream, delivery and
 * leaderboards, proof of both.
 */
@LocalStackTest
class DemoFromLogsITCase {

    /** The log is rotated behind 5,000 lines by copy and truncation, behind 10,000 by rename. */
    private static final int FLIGHTS = 10_500;

    @Test
    void provesThatEachLineOfARotatedLogArrivedOnce(LocalStack localStack) throws Exception {
        List<String> said = new ArrayList<>();

        Command.Result ended =
                Command.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dhydrant.root=" + System.getProperty("hydrant.root"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Launcher.class.getName(),
                                "demo",
                                "--from-logs",
                                "--flights",
                                String.valueOf(FLIGHTS))
                        .with(
                                Map.of(
                                        "HYDRANT_LOCALSTACK_ENDPOINT",
                                        localStack.endpoint().toString()))
                        .listening(said::add)
                        .attempt();

        assertThat(ended.exitCode()).as(String.join("\n", said)).isZero();
        assertThat(said)
                .anyMatch(line -> line.startsWith("rotated by copy and truncation: "))
                .anyMatch(line -> line.startsWith("rotated by rename: "))
                .anyMatch(line -> line.contains("COMPLETE") && !line.contains("NOT"))
                .anyMatch(line -> line.contains("Airlines that leave latest"))
                .contains(
                        "All three are what plain Java makes of the same flights.",
                        "flights   10,500 replayed, 10,500 lines read back, 10,500 different flights in them: each exactly once");
        assertThat(folderOf(said)).doesNotExist();
    }

    /** Where the log was. */
    private static Path folderOf(List<String> said) {
        String tail = "The log: tail -F ";
        return said.stream()
                .filter(line -> line.startsWith(tail))
                .map(line -> Path.of(line.substring(tail.length()).replace("*", "")).getParent())
                .findFirst()
                .orElseThrow();
    }
}
