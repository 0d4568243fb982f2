package io.hydrant.launcher.soak;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class SourceSoakCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysHowFarItIsAndWhatCameOfIt() {
        assertThat(run("source", "--seed", "3", "--steps", "200")).isZero();

        assertThat(out.toString())
                .startsWith("seed=3")
                .contains("\n100 steps: ")
                .endsWith("seed=3 steps=200 violations=0" + System.lineSeparator());
    }

    @Test
    void refusesStepsThatAreNone() {
        assertThat(run("source", "--steps", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--steps must be at least 1");
    }

    private int run(String... arguments) {
        return new CommandLine(new SoakCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
