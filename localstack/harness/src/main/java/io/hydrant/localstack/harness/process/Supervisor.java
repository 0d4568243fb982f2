package io.hydrant.localstack.harness.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A small process of its own that ends what it watches over when the owner ends, however that one
 * ended.
 *
 * <p>It starts one command (or none), polls the owner, and ends every process with its mark as soon
 * as the owner or the command is gone, or it is itself asked to end. Only a hard kill of the
 * supervisor itself escapes it; {@link ProcessMark#endLeftovers()} is for that case.
 *
 * <p>It uses the JDK alone and loads all its classes at its start, because the class folder or jar
 * that it was started from may be rebuilt while it runs.
 */
public final class Supervisor {

    static final String MARK = "mark";
    static final String COMMAND = "command.";
    static final String AT_END = "at-end.";
    static final String LOG = "log";
    static final String CHILD = "child";

    private static final long POLL_MILLIS = 250;
    private static final long GRACE_SECONDS = 4;

    private final ProcessMark mark;
    private final List<String> command;
    private final List<String> atEnd;
    private final Path log;
    private final Path childFile;
    private Process child;

    private Supervisor(Properties specification) {
        this.mark = ProcessMark.parse(specification.getProperty(MARK)).orElseThrow();
        this.command = words(specification, COMMAND);
        this.atEnd = words(specification, AT_END);
        this.log = Path.of(specification.getProperty(LOG));
        this.childFile = Path.of(specification.getProperty(CHILD));
    }

    /**
     * Runs a supervisor until its owner or its command ends.
     *
     * @param args the file that {@link SupervisedProcess} wrote
     * @throws IOException if that file cannot be read or the command cannot be started
     */
    public static void main(String[] args) throws IOException {
        Properties specification = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(Path.of(args[0]))) {
            specification.load(reader);
        }
        Supervisor supervisor = new Supervisor(specification);
        ProcessMark.parse("warm-up|1@1").orElseThrow().processes();
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::endAll, "end"));
        supervisor.start();
        supervisor.watch();
        System.exit(0);
    }

    static void write(
            Path file,
            ProcessMark mark,
            List<String> command,
            List<String> atEnd,
            Path log,
            Path childFile)
            throws IOException {
        Properties specification = new Properties();
        specification.setProperty(MARK, mark.value());
        for (int i = 0; i < command.size(); i++) {
            specification.setProperty(COMMAND + i, command.get(i));
        }
        for (int i = 0; i < atEnd.size(); i++) {
            specification.setProperty(AT_END + i, atEnd.get(i));
        }
        specification.setProperty(LOG, log.toString());
        specification.setProperty(CHILD, childFile.toString());
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            specification.store(writer, null);
        }
    }

    private static List<String> words(Properties specification, String prefix) {
        List<String> words = new ArrayList<>();
        for (int i = 0; specification.getProperty(prefix + i) != null; i++) {
            words.add(specification.getProperty(prefix + i));
        }
        return words;
    }

    private void start() throws IOException {
        if (!command.isEmpty()) {
            child = process(command).start();
        }
        // Written aside and renamed: who waits for the file must not read half of it.
        Path aside = childFile.resolveSibling(childFile.getFileName() + ".part");
        Files.writeString(
                aside,
                child == null
                        ? ""
                        : ProcessIdentity.of(child.pid()).map(Object::toString).orElse(""));
        Files.move(aside, childFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private ProcessBuilder process(List<String> words) {
        return new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private void watch() {
        while ((mark.owner() == null || mark.owner().isAlive())
                && (child == null || child.isAlive())) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    private void endAll() {
        try {
            List<ProcessHandle> descendants = ProcessHandle.current().descendants().toList();
            if (child != null) {
                child.destroy();
                if (!child.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    child.destroyForcibly();
                }
            }
            descendants.forEach(ProcessHandle::destroyForcibly);
            mark.endAll();
            if (!atEnd.isEmpty()) {
                Process last = process(atEnd).start();
                if (!last.waitFor(GRACE_SECONDS * 4, TimeUnit.SECONDS)) {
                    last.destroyForcibly();
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Could not end all processes of " + mark.run(), e);
        }
    }
}
