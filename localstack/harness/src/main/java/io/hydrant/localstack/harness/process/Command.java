package io.hydrant.localstack.harness.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A command of this machine that is run to its end, such as pip or npm.
 *
 * <p>It ends with this JVM when that one is asked to end (Ctrl-C reaches both).
 */
public final class Command {

    private static final int KEPT_LINES = 40;

    private final ProcessBuilder builder;
    private Consumer<String> listener = line -> {};

    private Command(List<String> words) {
        this.builder =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"));
    }

    /**
     * A command that is not yet run.
     *
     * @param words the program and its arguments
     * @return the command
     */
    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    /**
     * A command that is not yet run.
     *
     * @param words the program and its arguments
     * @return the command
     */
    public static Command of(List<String> words) {
        return new Command(words);
    }

    /**
     * Adds to the environment, which is otherwise this process' own.
     *
     * @param variables names and values
     * @return this command
     */
    public Command with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /**
     * Takes a variable out of the environment.
     *
     * @param variable its name
     * @return this command
     */
    public Command without(String variable) {
        builder.environment().remove(variable);
        return this;
    }

    /**
     * Runs the command in a folder.
     *
     * @param folder exists
     * @return this command
     */
    public Command in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /**
     * Shows each line of the output as it comes.
     *
     * @param lines called on the thread that runs the command
     * @return this command
     */
    public Command listening(Consumer<String> lines) {
        this.listener = lines;
        return this;
    }

    /**
     * Runs it and wants it to succeed.
     *
     * @return what it printed, its last 40 lines at most
     * @throws IOException if it does not start or ends with another code than 0; the message has
     *     the command and what it printed last
     */
    public String run() throws IOException {
        Result result = attempt();
        if (result.exitCode() != 0) {
            throw new IOException(
                    String.join(" ", builder.command())
                            + " failed with code "
                            + result.exitCode()
                            + ":\n"
                            + result.output());
        }
        return result.output();
    }

    /**
     * Runs it, whatever comes of it.
     *
     * @return exit code and output
     * @throws IOException if it does not start, as in a JVM that is ending, or this thread is
     *     interrupted
     */
    public Result attempt() throws IOException {
        Started started = new Started();
        Thread endWithUs = new Thread(started::end, "end " + builder.command().get(0));
        try {
            Runtime.getRuntime().addShutdownHook(endWithUs);
        } catch (IllegalStateException e) {
            throw new IOException("This JVM is ending, and starts no " + builder.command(), e);
        }
        try {
            Process process = started.start(builder);
            return result(process);
        } finally {
            started.end();
            try {
                Runtime.getRuntime().removeShutdownHook(endWithUs);
            } catch (IllegalStateException ignored) {
                // The JVM is ending, and the hook runs or ran.
            }
        }
    }

    private Result result(Process process) throws IOException {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Deque<String> last = new ArrayDeque<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                listener.accept(line);
                if (last.size() == KEPT_LINES) {
                    last.removeFirst();
                }
                last.addLast(line);
            }
            return new Result(process.waitFor(), String.join("\n", last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + builder.command(), e);
        }
    }

    /**
     * The process and all that it starts. Who ends it waits for one that is just being started,
     * since nobody else would end that one.
     */
    private static final class Started {

        private Process process;
        private boolean ended;

        synchronized Process start(ProcessBuilder builder) throws IOException {
            if (ended) {
                throw new IOException("This JVM is ending, and starts no " + builder.command());
            }
            process = builder.start();
            return process;
        }

        synchronized void end() {
            ended = true;
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /**
     * How a command ended.
     *
     * @param exitCode 0 for success
     * @param output what it printed, its last 40 lines at most
     */
    public record Result(int exitCode, String output) {}
}
