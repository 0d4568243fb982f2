package io.hydrant.localstack.harness.python;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PythonTest {

    @TempDir private Path bin;

    @Test
    void takesTheFirstThatIsNewEnough() throws IOException {
        String old = interpreter("python3", "3.9.2");
        String good = interpreter("python3.12", "3.12.1");

        Python found = Python.find(List.of("no-such-python", old, good), 11, "LocalStack");

        assertThat(found.version()).isEqualTo(new PythonVersion(3, 12, 1));
        assertThat(found.executable()).isEqualTo(Path.of(good));
    }

    @Test
    void saysWhatItFoundWhenAllAreTooOld() throws IOException {
        String old = interpreter("python3", "3.9.2");

        assertThatThrownBy(() -> Python.find(List.of(old, "no-such-python"), 11, "LocalStack"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "LocalStack needs Python 3.11 or newer, and here %s is 3.9.2. Install one"
                                + " (on Debian and Ubuntu: apt-get install python3 python3-venv) or"
                                + " name one in HYDRANT_PYTHON.",
                        old);
    }

    @Test
    void saysWhatItLookedForWhenThereIsNone() {
        assertThatThrownBy(() -> Python.find(List.of("no-such-python"), 11, "LocalStack"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "LocalStack needs Python 3.11 or newer, and none of [no-such-python] runs"
                                + " here.");
    }

    @Test
    void namesThePackageThatDebianKeepsApart() throws IOException {
        Path file = bin.resolve("python");
        script(file, "echo ensurepip is not available; exit 1");
        Python python = new Python(file, new PythonVersion(3, 11, 2));

        assertThatThrownBy(() -> python.virtualEnvironment(bin.resolve("venv")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s cannot make a virtual environment (on Debian and Ubuntu: apt-get"
                                + " install python3-venv):\nensurepip is not available",
                        file);
    }

    @Test
    void installsWhatTheListNamesAndNothingElse() throws IOException {
        Path file = bin.resolve("python");
        script(file, "echo \"$@\"");

        String said =
                new Python(file, new PythonVersion(3, 11, 2))
                        .install(bin.resolve("list.txt"))
                        .run();

        assertThat(said)
                .startsWith("-m pip install ")
                .contains(" --no-deps ")
                .endsWith(" -r " + bin.resolve("list.txt"));
    }

    @Test
    void ordersReleasesByNumber() {
        PythonVersion nine = PythonVersion.parse("3.9.18").orElseThrow();
        PythonVersion eleven = PythonVersion.parse("3.11.0rc1").orElseThrow();

        assertThat(eleven).isGreaterThan(nine).hasToString("3.11.0");
        assertThat(PythonVersion.parse("pypy")).isEmpty();
    }

    private String interpreter(String name, String version) throws IOException {
        Path file = bin.resolve(name);
        script(file, "echo " + version + "; echo " + file);
        return file.toString();
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
