package io.hydrant.launcher.replay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCommandTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--month 13, '--month is 13; it must be 1 to 12'",
        "--month 1 --all, 'Error: --month=1..12, --all are mutually exclusive'",
        "--rate 0, 'The rate must be a number above 0, but is 0.0'",
        "--speed-up -1, 'The speed-up must be a number above 0, but is -1.0'",
        "--rate 1 --speed-up 1, 'Error: --speed-up=X, --rate=N are mutually exclusive'",
        "--shards -2, '--shards is -2; it must be at least 1'",
        "--aws --endpoint http://x, '--aws and --endpoint exclude each other'",
    })
    void refusesWhatMakesNoSense(String options, String message) {
        assertThat(run("flights --stream s " + options)).isEqualTo(2);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void wantsAStream() {
        assertThat(run("flights")).isEqualTo(2);
        assertThat(err.toString()).startsWith("Missing required option: '--stream=NAME'");
    }

    @Test
    void wantsToKnowWhatToReplay() {
        assertThat(run("")).isEqualTo(2);
        assertThat(err.toString()).startsWith("Say what to replay: flights");
    }

    private int run(String arguments) {
        return new CommandLine(new ReplayCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }
}
