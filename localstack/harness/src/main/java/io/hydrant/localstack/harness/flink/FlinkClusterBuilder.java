package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.ProcessMark;
import io.hydrant.localstack.harness.server.FreePort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what {@link FlinkCluster} to start. */
public final class FlinkClusterBuilder {

    private static final String LOOPBACK = "127.0.0.1";

    private final FlinkHome home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private Progress progress = Progress.silent();
    private int taskManagers = 1;
    private int slots = 2;
    private int restPort;

    FlinkClusterBuilder(FlinkHome home) {
        this.home = home;
    }

    /**
     * How many TaskManagers start with the cluster.
     *
     * @param count 0 or more; 1 unless said otherwise
     * @return this builder
     */
    public FlinkClusterBuilder taskManagers(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("A cluster of " + count + " TaskManagers");
        }
        this.taskManagers = count;
        return this;
    }

    /**
     * How many tasks a TaskManager runs at a time.
     *
     * @param count 1 or more; 2 unless said otherwise
     * @return this builder
     */
    public FlinkClusterBuilder slots(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A TaskManager of " + count + " slots");
        }
        this.slots = count;
        return this;
    }

    /**
     * On which port the web UI and the REST interface listen.
     *
     * @param port a port; a free one unless said otherwise
     * @return this builder
     */
    public FlinkClusterBuilder restPort(int port) {
        this.restPort = port;
        return this;
    }

    /**
     * Sets anything else, before the home's {@code config.yaml} and what this builder would set.
     *
     * @param key a key of Flink's configuration
     * @param value its value
     * @return this builder
     */
    public FlinkClusterBuilder set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Adds jars to those in the home's {@code lib}, for this cluster alone.
     *
     * @param jars exist as long as the cluster
     * @return this builder
     */
    public FlinkClusterBuilder libraries(Collection<Path> jars) {
        libraries.addAll(jars);
        return this;
    }

    /**
     * Who is told about the start.
     *
     * @param listener nobody unless said otherwise
     * @return this builder
     */
    public FlinkClusterBuilder progress(Progress listener) {
        this.progress = listener;
        return this;
    }

    /**
     * Starts the cluster.
     *
     * @return a cluster whose TaskManagers are all registered
     * @throws IOException if it does not start; the message has the end of the log that says why
     */
    public FlinkCluster start() throws IOException {
        ProcessMark.endLeftovers();
        if (restPort != 0) {
            FreePort.require(restPort, "Flink's web UI");
        }
        int webPort = restPort == 0 ? FreePort.any() : restPort;
        int rpcPort = FreePort.any();
        while (rpcPort == webPort) {
            rpcPort = FreePort.any();
        }
        ClusterFolder folder = ClusterFolder.make(HydrantCache.ofUser(), progress);
        folder.addLibraries(home, libraries);
        FlinkConfiguration.write(home, effective(folder, webPort, rpcPort), folder.configuration());
        FlinkCluster cluster = new FlinkCluster(home, folder, webPort);
        boolean started = false;
        try {
            progress.say("Flink " + home.version() + ": starting the JobManager …");
            cluster.startJobManager();
            for (int i = 1; i <= taskManagers; i++) {
                progress.say(
                        "Flink %s: starting TaskManager %d of %d …"
                                .formatted(home.version(), i, taskManagers));
                cluster.startTaskManager();
            }
            progress.say("Flink " + home.version() + ": web UI at " + cluster.webUi());
            started = true;
            return cluster;
        } finally {
            if (!started) {
                cluster.close();
            }
        }
    }

    Map<String, String> effective(ClusterFolder folder, int webPort, int rpcPort) {
        Map<String, String> effective = new LinkedHashMap<>();
        effective.put("rest.address", LOOPBACK);
        effective.put("rest.bind-address", LOOPBACK);
        effective.put("rest.port", String.valueOf(webPort));
        effective.put("jobmanager.rpc.address", LOOPBACK);
        effective.put("jobmanager.bind-host", LOOPBACK);
        effective.put("jobmanager.rpc.port", String.valueOf(rpcPort));
        effective.put("taskmanager.host", LOOPBACK);
        effective.put("taskmanager.bind-host", LOOPBACK);
        effective.put("taskmanager.numberOfTaskSlots", String.valueOf(slots));
        effective.put("high-availability.type", "NONE");
        effective.put("execution.checkpointing.dir", uri(folder.checkpoints()));
        effective.put("execution.checkpointing.savepoint-dir", uri(folder.savepoints()));
        effective.put("io.tmp.dirs", folder.temporary().toString());
        effective.put("web.tmpdir", folder.temporary().toString());
        // A process that was killed is missed after two beats that find nobody.
        effective.put("heartbeat.interval", "2 s");
        effective.put("metrics.fetcher.update-interval", "1 s");
        effective.putAll(settings);
        return effective;
    }

    private static String uri(Path folder) {
        return folder.toUri().toString();
    }
}
