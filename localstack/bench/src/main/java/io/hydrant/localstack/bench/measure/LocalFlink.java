package io.hydrant.localstack.bench.measure;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A Flink in this JVM, set up alike for all that is measured. Links against Flink 1.20 as well as
 * 2.3, because a rival runs on the older one.
 */
public final class LocalFlink {

    /** Time between checkpoints of whatever is measured. */
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private LocalFlink() {}

    /** Objects are reused, and checkpoints go to a folder every ten seconds. */
    public static Configuration configuration(Path work) {
        Configuration config = new Configuration();
        config.set(RestOptions.BIND_PORT, "0");
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        config.set(PipelineOptions.OBJECT_REUSE, true);
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                work.resolve("checkpoints").toUri().toString());
        return config;
    }

    /** Starts one task manager with that many slots; close it. */
    public static MiniCluster start(Configuration config, int slots) throws Exception {
        MiniCluster flink =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .build());
        flink.start();
        return flink;
    }

    /**
     * Submits a job and waits until it is accepted.
     *
     * <p>By reflection, because the parameter of Flink's method is of another type on 1.20.
     */
    public static JobID submit(MiniCluster flink, StreamExecutionEnvironment env) throws Exception {
        JobGraph graph = env.getStreamGraph().getJobGraph();
        for (Method method : MiniCluster.class.getMethods()) {
            if (method.getName().equals("submitJob")
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0].isInstance(graph)) {
                ((CompletableFuture<?>) method.invoke(flink, graph)).get();
                return graph.getJobID();
            }
        }
        throw new IllegalStateException("This Flink's MiniCluster takes no job graphs");
    }
}
