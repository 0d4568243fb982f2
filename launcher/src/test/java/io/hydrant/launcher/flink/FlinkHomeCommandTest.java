package io.hydrant.launcher.flink;

import io.hydrant.localstack.harness.flink.FlinkHome;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class FlinkHomeCommandTest {

    private static final FlinkHome HOME = new FlinkHome(Path.of("/opt/flink"), "2.3.0");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsShellThatBringsFlinkOntoThePath() {
        assertThat(run()).isZero();

        assertThat(out.toString().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "export FLINK_HOME=/opt/flink", "export PATH=\"$FLINK_HOME/bin:$PATH\"");
        assertThat(out.toString()).contains("flink run -d ", "hydrant-delivery.jar --config ");
        assertThat(err.toString()).isEqualToIgnoringNewLines("downloading");
    }

    @Test
    void printsTheFolderAlone() {
        assertThat(run("--where")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("/opt/flink");
    }

    @Test
    void givesAShellTheFolderAsItIs() throws Exception {
        Path folder = Path.of("/a folder/it's/$HOME");

        String script =
                String.join(
                        "\n",
                        FlinkHomeCommand.instructions(new FlinkHome(folder, "2.3.0"), folder));
        Process shell =
                new ProcessBuilder("sh", "-c", script + "\nprintf %s \"$FLINK_HOME\"").start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(folder.toString());
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void failsWhenThereIsNoFlink() {
        CommandLine command =
                new CommandLine(
                        new FlinkHomeCommand(
                                progress -> {
                                    throw new IOException("FLINK_HOME is Flink 1.20.5");
                                }));
        command.setErr(new PrintWriter(err, true));

        assertThat(command.execute()).isEqualTo(1);
        assertThat(err.toString()).contains("FLINK_HOME is Flink 1.20.5");
    }

    private int run(String... arguments) {
        return new CommandLine(
                        new FlinkHomeCommand(
                                progress -> {
                                    progress.say("downloading");
                                    return HOME;
                                }))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
