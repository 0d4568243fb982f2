package io.hydrant.localstack.harness.process;

import io.hydrant.localstack.harness.Conditions;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that runs under a {@link Supervisor} and therefore ends with its owner.
 *
 * <p>Files of it are in one folder: {@code process.log} with what the command prints, {@code
 * supervisor.properties} and {@code supervisor.log} for the supervisor itself.
 */
public final class SupervisedProcess {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(40);

    private final ProcessMark mark;
    private final ProcessIdentity supervisor;
    private final Path folder;

    private SupervisedProcess(ProcessMark mark, ProcessIdentity supervisor, Path folder) {
        this.mark = mark;
        this.supervisor = supervisor;
        this.folder = folder;
    }

    /**
     * What to run.
     *
     * @param command the command and its arguments; empty when the processes are started elsewhere
     *     with the mark in their environment
     * @param environment the whole environment of the command; the mark is added
     * @param atEnd a command to run when all is over, such as one that stops a container; may be
     *     empty
     */
    public record Specification(
            List<String> command, Map<String, String> environment, List<String> atEnd) {

        /** Copies what it is given. */
        public Specification {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            atEnd = List.copyOf(atEnd);
        }
    }

    /**
     * Starts the command under a new supervisor.
     *
     * @param mark what the processes belong to and who wanted them
     * @param specification what to run
     * @param folder where logs and state go; exists
     * @return the process, started, not necessarily ready for anything
     * @throws IOException if it does not start; the message holds the supervisor's output
     */
    public static SupervisedProcess start(
            ProcessMark mark, Specification specification, Path folder) throws IOException {
        Path file = folder.resolve("supervisor.properties");
        Path childFile = folder.resolve("child");
        Files.deleteIfExists(childFile);
        Supervisor.write(
                file, mark, specification.command(), specification.atEnd(), log(folder), childFile);
        Path supervisorLog = folder.resolve("supervisor.log");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                ownCode().toString(),
                                Supervisor.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(supervisorLog.toFile());
        builder.environment().clear();
        builder.environment().putAll(specification.environment());
        builder.environment().put(ProcessMark.VARIABLE, mark.value());
        Process process = builder.start();
        process.getOutputStream().close();
        ProcessIdentity identity =
                ProcessIdentity.of(process.pid())
                        .orElse(new ProcessIdentity(process.pid(), "ended at once"));
        boolean started =
                Conditions.comeTrue(
                        START_TIMEOUT, () -> Files.exists(childFile) || !process.isAlive());
        if (!started || !Files.exists(childFile)) {
            process.destroyForcibly();
            throw new IOException(
                    "Could not start "
                            + specification.command()
                            + ":\n"
                            + LogTail.of(supervisorLog));
        }
        return new SupervisedProcess(mark, identity, folder);
    }

    /**
     * A process that this or another JVM started earlier.
     *
     * @param mark its mark
     * @param supervisor its supervisor
     * @param folder its folder
     * @return the process, which may have ended meanwhile
     */
    public static SupervisedProcess existing(
            ProcessMark mark, ProcessIdentity supervisor, Path folder) {
        return new SupervisedProcess(mark, supervisor, folder);
    }

    /**
     * The file with what a command prints.
     *
     * @param folder the folder that was given at the start
     * @return the path
     */
    public static Path log(Path folder) {
        return folder.resolve("process.log");
    }

    /**
     * The supervisor, which lives as long as what it watches over.
     *
     * @return its identity
     */
    public ProcessIdentity supervisor() {
        return supervisor;
    }

    /**
     * The command's own process.
     *
     * @return empty when there is none
     * @throws IOException if the folder is gone
     */
    public Optional<ProcessIdentity> child() throws IOException {
        String text = Files.readString(folder.resolve("child"));
        return text.isBlank() ? Optional.empty() : Optional.of(ProcessIdentity.parse(text));
    }

    /**
     * Whether it runs.
     *
     * @return false when the command or the supervisor ended
     */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Ends it, gracefully if it can be done in some seconds, and waits until all of it is gone. */
    public void end() {
        supervisor.handle().ifPresent(ProcessHandle::destroy);
        if (!Conditions.comeTrue(END_TIMEOUT, () -> !supervisor.isAlive())) {
            supervisor.handle().ifPresent(ProcessHandle::destroyForcibly);
        }
        mark.endAll();
    }

    private static Path ownCode() throws IOException {
        try {
            return Path.of(
                    Supervisor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("Cannot tell where Hydrant's own classes are", e);
        }
    }
}
