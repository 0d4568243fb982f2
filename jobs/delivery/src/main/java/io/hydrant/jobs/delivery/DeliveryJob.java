package io.hydrant.jobs.delivery;

import io.hydrant.core.managed.ManagedServiceProperties;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.client.program.StreamPlanEnvironment;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The job: {@code flink run hydrant-delivery.jar --config stream.json}.
 *
 * <p>Where a client runs {@code main}, a wrong configuration is printed and the exit code is 1, and
 * {@code --dry-run} and {@code --help} end with 0. Where the cluster runs it (application mode, the
 * web UI, Managed Service for Apache Flink), there is no process of ours to end: a wrong
 * configuration is thrown.
 */
public final class DeliveryJob {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryJob.class);

    /** Flink's name of the deployment target of a main() that runs in the cluster. */
    private static final String IN_CLUSTER = "embedded";

    private final Path managedServiceProperties;
    private final PrintStream out;
    private final Clock clock;

    DeliveryJob(Path managedServiceProperties, PrintStream out, Clock clock) {
        this.managedServiceProperties = managedServiceProperties;
        this.out = out;
        this.clock = clock;
    }

    /** Runs the job. */
    @SuppressWarnings("checkstyle:systemOut")
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        boolean isClient = isClient(env);
        DeliveryJob job =
                new DeliveryJob(ManagedServiceProperties.FILE, System.out, Clock.systemUTC());
        try {
            if (!job.addTo(env, List.of(args))) {
                if (isClient) {
                    System.exit(0);
                }
                return;
            }
        } catch (InvalidConfigurationException e) {
            if (!isClient) {
                throw e;
            }
            System.err.println(e.getMessage());
            System.exit(1);
        }
        env.execute();
    }

    /** Whether this process is here for the job alone, so that it may be ended. */
    private static boolean isClient(StreamExecutionEnvironment env) {
        // The web UI shows plans, which it has the JobManager make in such an environment.
        return !(env instanceof StreamPlanEnvironment)
                && !IN_CLUSTER.equals(env.getConfiguration().get(DeploymentOptions.TARGET));
    }

    /**
     * Makes the job in the environment, or prints what was asked for instead.
     *
     * @return whether there is a job to execute
     * @throws InvalidConfigurationException with everything that is wrong
     */
    boolean addTo(StreamExecutionEnvironment env, List<String> args) {
        Problems problems = new Problems();
        DeliveryArguments arguments = DeliveryArguments.parse(args, problems);
        if (arguments.help()) {
            out.print(DeliveryArguments.USAGE);
            return false;
        }
        if (args.isEmpty()) {
            arguments = fromManagedService(problems);
        }
        if (arguments.isEmpty()) {
            problems.add("--config", "is missing; --help says more");
        }
        problems.throwIfAny("arguments");
        DeliveryGroup group =
                DeliveryGroup.resolve(
                        arguments,
                        new PlanResolver(
                                S3ObjectStore::connect,
                                Thread.currentThread().getContextClassLoader()));
        String text = PlanText.of(group, clock.instant(), UUID.randomUUID());
        if (arguments.dryRun()) {
            out.print(text);
            return false;
        }
        LOG.info("The plan:\n{}", text);
        group.plans().forEach(plan -> plan.notices().forEach(LOG::warn));
        if (mayHaveRunBefore(env.getConfiguration())) {
            LOG.info(
                    "Whether the range was delivered before is not looked at: this may be a recovery.");
        } else {
            ReplayCheck check = new ReplayCheck(S3ObjectStore::connect, clock);
            group.plans().forEach(plan -> check.requireNew(plan, env.getConfiguration()));
        }
        DeliveryPipeline.of(group).addTo(env);
        name(env, group);
        warnAboutCheckpoints(env.getConfiguration());
        return true;
    }

    /**
     * Where a new JobManager takes over, the cluster runs main() again and then goes on from the
     * last checkpoint, which main() cannot know.
     */
    private static boolean mayHaveRunBefore(ReadableConfig config) {
        return IN_CLUSTER.equals(config.get(DeploymentOptions.TARGET))
                && !"NONE".equalsIgnoreCase(config.get(HighAvailabilityOptions.HA_MODE));
    }

    private DeliveryArguments fromManagedService(Problems problems) {
        Map<String, String> properties = null;
        try {
            properties =
                    ManagedServiceProperties.read(
                            managedServiceProperties, DeliveryArguments.PROPERTY_GROUP);
        } catch (IllegalArgumentException e) {
            problems.add(managedServiceProperties.toString(), e.getMessage());
        }
        return properties == null
                ? DeliveryArguments.parse(List.of(), problems)
                : DeliveryArguments.ofPropertyGroup(properties);
    }

    private static void name(StreamExecutionEnvironment env, DeliveryGroup group) {
        if (env.getConfiguration().getOptional(PipelineOptions.NAME).isEmpty()) {
            env.configure(
                    new Configuration().set(PipelineOptions.NAME, "deliver " + group.names(", ")));
        }
    }

    /** The cluster may have what this process is not told, so this is no error. */
    private void warnAboutCheckpoints(ReadableConfig config) {
        String directory = CheckpointingOptions.CHECKPOINTS_DIRECTORY.key();
        if (config.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
            out.println(
                    "Note: "
                            + directory
                            + " is not set here. Unless the cluster sets it, checkpoints stay in the memory of the JobManager,"
                            + " which refuses states over 5 MB and forgets all when it ends;"
                            + " add -D"
                            + directory
                            + "=s3://bucket/checkpoints");
        }
    }
}
