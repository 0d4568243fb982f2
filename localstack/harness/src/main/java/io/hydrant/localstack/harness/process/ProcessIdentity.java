package io.hydrant.localstack.harness.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told apart from a later one that was given the same number.
 *
 * @param pid the process number
 * @param start when it started, in a form that only has to be equal for the same process
 */
public record ProcessIdentity(long pid, String start) {

    /** Position of the start time behind the command name, see proc(5), field 22. */
    private static final int START_TIME_FIELD = 19;

    /**
     * The identity of this process.
     *
     * @return its number and start
     */
    public static ProcessIdentity ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElse(new ProcessIdentity(pid, ""));
    }

    /**
     * The identity of a living process.
     *
     * @param pid the process number
     * @return empty when there is no such process, or only its exit code waits to be fetched
     */
    public static Optional<ProcessIdentity> of(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            // Ticks since boot: unlike the start instant that the JDK makes of it, this does not
            // change when somebody sets the clock.
            return startTicks(stat).map(ticks -> new ProcessIdentity(pid, ticks));
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(
                        handle ->
                                new ProcessIdentity(
                                        pid,
                                        handle.info()
                                                .startInstant()
                                                .map(Instant::toEpochMilli)
                                                .map(String::valueOf)
                                                .orElse("")));
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param text {@code pid@start}
     * @return the identity
     * @throws IllegalArgumentException if the text has another form
     */
    public static ProcessIdentity parse(String text) {
        int at = text.indexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("Not a process identity (pid@start): " + text);
        }
        return new ProcessIdentity(Long.parseLong(text.substring(0, at)), text.substring(at + 1));
    }

    /**
     * Whether exactly this process still runs.
     *
     * @return false when it ended, also when another one got its number
     */
    public boolean isAlive() {
        return of(pid).map(this::equals).orElse(false);
    }

    /**
     * The handle of this process.
     *
     * @return empty when it ended
     */
    public Optional<ProcessHandle> handle() {
        return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
    }

    private static Optional<String> startTicks(Path stat) {
        String line;
        try {
            line = Files.readString(stat);
        } catch (IOException gone) {
            return Optional.empty();
        }
        // The command name is in parentheses and may hold blanks and parentheses of its own.
        String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
        boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
        return zombie ? Optional.empty() : Optional.of(fields[START_TIME_FIELD]);
    }

    @Override
    public String toString() {
        return pid + "@" + start;
    }
}
