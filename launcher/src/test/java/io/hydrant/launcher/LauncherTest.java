package io.hydrant.launcher;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsItsCommandsWhenGivenNone() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: hydrant", "help");
    }

    @Test
    void refusesACommandThatDoesNotExist() {
        assertThat(run("dmeo")).isEqualTo(2);
        assertThat(err.toString()).contains("dmeo");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThat(run("autoscale", "--simulate", "no/such/trace.csv")).isEqualTo(2);
        assertThat(err.toString())
                .contains("hydrant autoscale: no/such/trace.csv is not there; give the path");
    }

    private int run(String... arguments) {
        CommandLine command = Launcher.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
