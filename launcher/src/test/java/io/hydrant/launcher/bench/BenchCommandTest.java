package io.hydrant.launcher.bench;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void wantsToKnowWhatToMeasure() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Say what to measure: corridor");
    }

    @Test
    void namesTheCasesOfTheCorridor() {
        assertThat(run("corridor", "--list-cases")).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("raw-gzip "))
                .anyMatch(line -> line.startsWith("corridor-kpl-fast "));
    }

    @Test
    void refusesACaseThatIsNone() {
        assertThat(run("corridor", "--cases", "raw-gzip,teleport")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("There is no case 'teleport'; the cases are [raw-gzip, ");
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
