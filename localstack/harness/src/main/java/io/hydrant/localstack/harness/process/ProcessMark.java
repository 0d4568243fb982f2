package io.hydrant.localstack.harness.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The mark that our processes carry in their environment, and hand down to their children.
 *
 * <p>It finds what a hard kill left behind, whatever became of the process tree: the Node process
 * of LocalStack's Kinesis engine starts its own session and survives its parent. Reading the
 * environment of other processes works on Linux; elsewhere nothing is found, and a supervisor that
 * was itself killed hard leaves its processes to the user.
 *
 * @param run what the process belongs to, unique among the runs of an owner
 * @param owner who wanted it, or null when it runs until it is told to end
 */
public record ProcessMark(String run, ProcessIdentity owner) {

    /** Name of the environment variable. */
    public static final String VARIABLE = "HYDRANT_PROCESS_MARK";

    private static final String NO_OWNER = "-";
    private static final int ROUNDS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String PREFIX = VARIABLE + "=";

    /**
     * The value of {@link #VARIABLE}.
     *
     * @return {@code run|owner}
     */
    public String value() {
        return run + '|' + (owner == null ? NO_OWNER : owner.toString());
    }

    static Optional<ProcessMark> parse(String value) {
        int bar = value.lastIndexOf('|');
        if (bar < 0) {
            return Optional.empty();
        }
        String owner = value.substring(bar + 1);
        try {
            return Optional.of(
                    new ProcessMark(
                            value.substring(0, bar),
                            owner.equals(NO_OWNER) ? null : ProcessIdentity.parse(owner)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * The living processes that carry exactly this mark, but for the calling one.
     *
     * @return their handles
     */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> marked = new ArrayList<>();
        for (Marked process : allMarked()) {
            if (process.mark().equals(this)) {
                marked.add(process.handle());
            }
        }
        return marked;
    }

    /** Ends, hard, every process that carries this mark, but for the calling one. */
    public void endAll() {
        endAll(this::equals);
    }

    /**
     * Ends, hard, every process whose owner is gone: what was left when a supervisor was killed.
     */
    public static void endLeftovers() {
        endAll(mark -> mark.owner() != null && !mark.owner().isAlive());
    }

    private static void endAll(Predicate<ProcessMark> which) {
        // More than one round: LocalStack starts its engine again when that one is killed first.
        for (int round = 0; round < ROUNDS; round++) {
            boolean found = false;
            for (Marked process : allMarked()) {
                if (which.test(process.mark())) {
                    found = true;
                    process.handle().destroyForcibly();
                }
            }
            if (!found) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static List<Marked> allMarked() {
        long self = ProcessHandle.current().pid();
        List<Marked> marked = new ArrayList<>();
        ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != self)
                .forEach(
                        handle ->
                                ofProcess(handle.pid())
                                        .ifPresent(mark -> marked.add(new Marked(handle, mark))));
        return marked;
    }

    private static Optional<ProcessMark> ofProcess(long pid) {
        String environment;
        try {
            environment =
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "environ"),
                            StandardCharsets.ISO_8859_1);
        } catch (IOException notOursOrGone) {
            return Optional.empty();
        }
        for (String variable : environment.split("\0", -1)) {
            if (variable.startsWith(PREFIX)) {
                return parse(variable.substring(PREFIX.length()));
            }
        }
        return Optional.empty();
    }

    private record Marked(ProcessHandle handle, ProcessMark mark) {}
}
