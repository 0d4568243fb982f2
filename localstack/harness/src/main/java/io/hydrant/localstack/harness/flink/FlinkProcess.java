package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.process.LogTail;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;
import io.hydrant.localstack.harness.process.SupervisedProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JobManager or TaskManager that Flink's own script started; it ends with this JVM. */
final class FlinkProcess {

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final Path logs;
    private final SupervisedProcess process;

    private FlinkProcess(String name, Path logs, SupervisedProcess process) {
        this.name = name;
        this.logs = logs;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param script {@code jobmanager.sh} or {@code taskmanager.sh}
     * @param name unique among the processes of the cluster
     * @param settings more settings, {@code -Dkey=value}
     */
    static FlinkProcess start(
            FlinkHome home, ClusterFolder folder, String script, String name, List<String> settings)
            throws IOException {
        Path logs = folder.logs(name);
        List<String> command = new ArrayList<>();
        command.add(home.program(script).toString());
        // In the foreground the script becomes the Java process, so that its number is known.
        command.add("start-foreground");
        command.addAll(settings);
        ProcessMark mark =
                new ProcessMark(
                        "flink/" + folder.name() + "/" + name, ProcessIdentity.ofThisProcess());
        return new FlinkProcess(
                name,
                logs,
                SupervisedProcess.start(
                        mark,
                        new SupervisedProcess.Specification(
                                command, folder.environment(logs), List.of()),
                        logs));
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The process that runs Flink; empty when it could not be told. */
    Optional<ProcessIdentity> java() throws IOException {
        return process.child();
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws IOException {
        process.child().flatMap(ProcessIdentity::handle).ifPresent(ProcessHandle::destroyForcibly);
        if (!Conditions.comeTrue(KILL_TIMEOUT, () -> !process.isAlive())) {
            throw new IOException(name + " did not end within " + KILL_TIMEOUT + " of its kill");
        }
    }

    void end() {
        process.end();
    }

    /** The last lines of what it logged and printed. */
    String logTail() {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(FlinkProcess::isWritten)
                    .sorted()
                    .map(file -> "--- " + file + "\n" + LogTail.of(file))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "(" + logs + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private static boolean isWritten(Path file) {
        String fileName = file.getFileName().toString();
        try {
            return (fileName.endsWith(".log")
                            || fileName.endsWith(".out")
                            || fileName.endsWith(".err"))
                    && Files.size(file) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
