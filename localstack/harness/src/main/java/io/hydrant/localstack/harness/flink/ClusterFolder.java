package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.FolderLock;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.ProcessIdentity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where one cluster keeps its configuration, logs, state and temporary files.
 *
 * @param path the folder {@code flink/clusters/<name>} of the cache
 */
record ClusterFolder(Path path) {

    private static final String OWNER = "owner";
    private static final String STATE = "state";
    private static final String TEMPORARY = "tmp";

    /** How many folders of ended clusters are kept for their logs. */
    private static final int KEPT = 5;

    /** Makes a new folder for a cluster of this process, and drops those of ended processes. */
    static ClusterFolder make(HydrantCache cache, Progress progress) throws IOException {
        Path clusters = cache.folder("flink", "clusters");
        ProcessIdentity self = ProcessIdentity.ofThisProcess();
        try (FolderLock ignored =
                FolderLock.acquire(clusters.resolveSibling("clusters.lock"), progress)) {
            sweep(clusters);
            Path path = Files.createTempDirectory(clusters, self.pid() + "-");
            Files.writeString(path.resolve(OWNER), self.toString());
            for (String inner : List.of(STATE, TEMPORARY, "logs", "pids")) {
                Files.createDirectory(path.resolve(inner));
            }
            return new ClusterFolder(path);
        }
    }

    private static void sweep(Path clusters) throws IOException {
        List<ClusterFolder> ended;
        try (Stream<Path> folders = Files.list(clusters)) {
            ended =
                    folders.map(ClusterFolder::new)
                            .filter(ClusterFolder::isOver)
                            .sorted(Comparator.comparing(ClusterFolder::modified).reversed())
                            .toList();
        }
        for (int i = 0; i < ended.size(); i++) {
            ended.get(i).dropState();
            if (i >= KEPT) {
                FileTrees.delete(ended.get(i).path());
            }
        }
    }

    private boolean isOver() {
        try {
            return !ProcessIdentity.parse(Files.readString(path.resolve(OWNER))).isAlive();
        } catch (IOException | IllegalArgumentException madeHalf) {
            return true;
        }
    }

    private FileTime modified() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    Path configuration() {
        return path.resolve("conf");
    }

    Path temporary() {
        return path.resolve(TEMPORARY);
    }

    Path checkpoints() {
        return path.resolve(STATE).resolve("checkpoints");
    }

    Path savepoints() {
        return path.resolve(STATE).resolve("savepoints");
    }

    Path logs(String process) throws IOException {
        return Files.createDirectories(path.resolve("logs").resolve(process));
    }

    /** Makes a {@code lib} of the home's jars and these, unless there are none. */
    void addLibraries(FlinkHome home, Collection<Path> jars) throws IOException {
        if (jars.isEmpty()) {
            return;
        }
        List<Path> all = new ArrayList<>(jars);
        try (Stream<Path> ofHome = Files.list(home.path().resolve("lib"))) {
            ofHome.forEach(all::add);
        }
        Files.createDirectory(libraries());
        for (Path jar : all) {
            Files.createSymbolicLink(libraries().resolve(jar.getFileName()), jar.toAbsolutePath());
        }
    }

    private Path libraries() {
        return path.resolve("lib");
    }

    /** The environment for Flink's scripts, without what the user set for another cluster. */
    Map<String, String> environment(Path logs) {
        Map<String, String> environment = new HashMap<>();
        System.getenv()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith("FLINK_")) {
                                environment.put(name, value);
                            }
                        });
        environment.put("JAVA_HOME", JavaHome.path().toString());
        environment.put("FLINK_CONF_DIR", configuration().toString());
        if (Files.isDirectory(libraries())) {
            environment.put("FLINK_LIB_DIR", libraries().toString());
        }
        environment.put("FLINK_LOG_DIR", logs.toString());
        environment.put("FLINK_PID_DIR", path.resolve("pids").toString());
        environment.put("FLINK_IDENT_STRING", "hydrant");
        // Then the web UI has the standard output, and the log file has no double.
        environment.put("STD_REDIRECT_TO_FILE", "true");
        return environment;
    }

    /** Deletes what can be large; the logs stay until the folder is swept. */
    void dropState() throws IOException {
        FileTrees.delete(path.resolve(STATE));
        FileTrees.delete(temporary());
    }
}
