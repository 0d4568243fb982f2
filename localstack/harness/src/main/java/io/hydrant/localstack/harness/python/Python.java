package io.hydrant.localstack.harness.python;

import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Python interpreter.
 *
 * @param executable the interpreter itself, no shim that may mean another one tomorrow
 * @param version its release
 */
public record Python(Path executable, PythonVersion version) {

    private static final String VARIABLE = "HYDRANT_PYTHON";
    private static final List<String> NAMES =
            List.of("python3", "python3.13", "python3.12", "python3.11", "python");

    /** Variables that would make it another interpreter than it is. */
    private static final List<String> VARIABLES =
            List.of("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE");

    private static final String TELL =
            "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

    /**
     * Finds the interpreter to use: the one that {@code HYDRANT_PYTHON} names, else the first on
     * the path that is new enough.
     *
     * @param minimumMinor the oldest 3.x that will do
     * @param purpose what it is for, as it should read in the error
     * @return an interpreter that answered
     * @throws IOException if there is none; the message says what was found and what to install
     */
    public static Python find(int minimumMinor, String purpose) throws IOException {
        String chosen = System.getenv().getOrDefault(VARIABLE, "");
        return find(chosen.isBlank() ? NAMES : List.of(chosen), minimumMinor, purpose);
    }

    static Python find(List<String> names, int minimumMinor, String purpose) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        for (String name : names) {
            Optional<Python> python = ask(name);
            if (python.isPresent()) {
                PythonVersion version = python.get().version();
                if (version.major() == 3 && version.minor() >= minimumMinor) {
                    return python.get();
                }
                found.add(name + " is " + version);
            }
        }
        throw new IOException(
                purpose
                        + " needs Python 3."
                        + minimumMinor
                        + " or newer, and "
                        + (found.isEmpty()
                                ? "none of " + names + " runs here"
                                : "here " + String.join(", ", found))
                        + ". Install one (on Debian and Ubuntu: apt-get install python3"
                        + " python3-venv) or name one in "
                        + VARIABLE
                        + ".");
    }

    private static Optional<Python> ask(String name) {
        try {
            Command.Result result = Command.of(name, "-c", TELL).attempt();
            List<String> lines = result.output().lines().toList();
            if (result.exitCode() != 0 || lines.size() != 2) {
                return Optional.empty();
            }
            Path executable = Path.of(lines.get(1));
            return PythonVersion.parse(lines.get(0)).map(v -> new Python(executable, v));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /**
     * Makes a virtual environment with pip in it.
     *
     * @param folder where; does not exist or is empty
     * @return the environment's interpreter
     * @throws IOException if the interpreter cannot make one; the message names the package that
     *     Debian keeps apart
     */
    public Python virtualEnvironment(Path folder) throws IOException {
        Command.Result result = run("-m", "venv", folder.toString()).attempt();
        if (result.exitCode() != 0) {
            throw new IOException(
                    executable
                            + " cannot make a virtual environment (on Debian and Ubuntu: apt-get"
                            + " install python3-venv):\n"
                            + result.output());
        }
        return inVirtualEnvironment(folder);
    }

    /**
     * The interpreter of a virtual environment that this one made.
     *
     * @param folder the environment
     * @return its interpreter
     */
    public Python inVirtualEnvironment(Path folder) {
        return new Python(folder.resolve("bin").resolve("python"), version);
    }

    /**
     * Installs the packages of a list, and no others: the list names what those need, too. They are
     * compiled at their first import, as most of what is installed never is.
     *
     * @param requirements a list as pip takes it
     * @return the command, not yet run
     */
    public Command install(Path requirements) {
        return run(
                "-m",
                "pip",
                "install",
                "--no-deps",
                "--no-compile",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar",
                "off",
                "-r",
                requirements.toString());
    }

    /**
     * A command of this interpreter.
     *
     * @param arguments what follows the interpreter
     * @return the command, not yet run
     */
    public Command run(String... arguments) {
        Command command = Command.of(words(arguments));
        VARIABLES.forEach(command::without);
        return command;
    }

    /**
     * A process of this interpreter that one talks to.
     *
     * @param arguments what follows the interpreter
     * @return the process, not yet started
     */
    public ProcessBuilder process(String... arguments) {
        ProcessBuilder process = new ProcessBuilder(words(arguments));
        VARIABLES.forEach(process.environment()::remove);
        return process;
    }

    private List<String> words(String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(executable.toString());
        words.addAll(List.of(arguments));
        return words;
    }
}
