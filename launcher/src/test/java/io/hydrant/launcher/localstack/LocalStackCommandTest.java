package io.hydrant.launcher.localstack;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class LocalStackCommandTest {

    private static final String UNUSED_PORT = "1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysThatNoneRuns() {
        assertThat(run("status", "--port", UNUSED_PORT)).isEqualTo(1);
        assertThat(run("down", "--port", UNUSED_PORT)).isZero();

        assertThat(out.toString().lines())
                .containsOnly("no LocalStack was started on port " + UNUSED_PORT);
    }

    @Test
    void wantsToKnowWhatToDo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Say what to do with LocalStack: up, down or status");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThat(run("up", "--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--port is 70000; it must be 1 to 65535");
    }

    private int run(String... arguments) {
        return new CommandLine(new LocalStackCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
