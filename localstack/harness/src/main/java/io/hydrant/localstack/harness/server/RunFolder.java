package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStackForm;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where one run of LocalStack keeps its files, and where the JVMs that share it find it.
 *
 * @param path the folder {@code localstack/runs/<name>} of the cache
 */
record RunFolder(Path path) {

    private static final String STATE = "run.properties";
    private static final String ENDED = "ended-";

    /** How many folders of ended runs are kept for their logs. */
    private static final int KEPT = 5;

    /**
     * What is known of a run.
     *
     * @param mark what its processes carry
     * @param supervisor who watches over them
     * @param form its form
     * @param endpoint where it answers
     */
    record State(ProcessMark mark, ProcessIdentity supervisor, LocalStackForm form, URI endpoint) {}

    static RunFolder of(HydrantCache cache, String name) throws IOException {
        return new RunFolder(cache.folder("localstack", "runs").resolve(name));
    }

    /** Held while a run is looked for or started, by all builds of the user in turn. */
    static Path lockFile(HydrantCache cache) throws IOException {
        return cache.folder("localstack").resolve("start.lock");
    }

    Optional<State> read() throws IOException {
        Path file = path.resolve(STATE);
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException never) {
            return Optional.empty();
        }
        String owner = properties.getProperty("owner", "");
        return Optional.of(
                new State(
                        new ProcessMark(
                                properties.getProperty("mark"),
                                owner.isEmpty() ? null : ProcessIdentity.parse(owner)),
                        ProcessIdentity.parse(properties.getProperty("supervisor")),
                        LocalStackForm.valueOf(properties.getProperty("form")),
                        URI.create(properties.getProperty("endpoint"))));
    }

    void write(State state) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mark", state.mark().run());
        if (state.mark().owner() != null) {
            properties.setProperty("owner", state.mark().owner().toString());
        }
        properties.setProperty("supervisor", state.supervisor().toString());
        properties.setProperty("form", state.form().name());
        properties.setProperty("endpoint", state.endpoint().toString());
        Path aside = path.resolve(STATE + ".part");
        try (BufferedWriter writer = Files.newBufferedWriter(aside)) {
            properties.store(writer, null);
        }
        Files.move(aside, path.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the folder anew, empty; what an earlier run left in it is set aside with its log. */
    void clear() throws IOException {
        if (Files.exists(path)) {
            setAside();
        }
        Files.createDirectories(path);
    }

    /** Keeps the logs under another name, so that the run is no longer found. */
    void setAside() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        FileTrees.delete(path.resolve("root"));
        FileTrees.delete(path.resolve("tmp"));
        Files.deleteIfExists(path.resolve(STATE));
        Path aside =
                path.resolveSibling(ENDED + System.currentTimeMillis() + "-" + path.getFileName());
        try {
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException ignored) {
            // A run that ends has no state for a moment, and who sweeps takes it for one that was
            // killed.
        }
    }

    /**
     * Sets the folders of runs aside whose owner and supervisor ended, and drops old logs. Only for
     * who holds the lock.
     */
    static void sweep(HydrantCache cache) throws IOException {
        List<Path> ended = new ArrayList<>();
        for (Path folder : list(cache.folder("localstack", "runs"))) {
            RunFolder run = new RunFolder(folder);
            if (folder.getFileName().toString().startsWith(ENDED)) {
                ended.add(folder);
            } else if (Files.isDirectory(folder) && run.isOver()) {
                run.setAside();
            }
        }
        ended.sort(Comparator.comparing(RunFolder::modified).reversed());
        for (Path old : ended.subList(Math.min(KEPT, ended.size()), ended.size())) {
            FileTrees.delete(old);
        }
    }

    private boolean isOver() throws IOException {
        Optional<State> state = read();
        // Without a state, its starter was killed before it came that far.
        return state.isEmpty()
                || (!state.get().supervisor().isAlive()
                        && state.get().mark().owner() != null
                        && !state.get().mark().owner().isAlive());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
