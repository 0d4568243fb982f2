package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.ingest.agent.AgentDocument;
import io.hydrant.jobs.ingest.agent.AgentFlow;
import io.hydrant.jobs.ingest.agent.QueueFlow;
import io.hydrant.kinesis.stream.SdkStreamDirectory;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;

import org.apache.flink.client.program.StreamPlanEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The job: {@code flink run hydrant-ingest.jar --config agent.json}.
 *
 * <p>Where a client runs {@code main}, a wrong configuration is printed and the exit code is 1, and
 * {@code --dry-run} and {@code --help} end with 0. Where the cluster runs it, a wrong configuration
 * is thrown.
 */
public final class IngestJob {

    private static final Logger LOG = LoggerFactory.getLogger(IngestJob.class);

    /** Flink's name of the deployment target of a main() that runs in the cluster. */
    private static final String IN_CLUSTER = "embedded";

    private static final long CHECKPOINT_MILLIS = 10_000;

    private final Function<AwsClientConfig, StreamDirectory> directories;
    private final PrintStream out;

    IngestJob(Function<AwsClientConfig, StreamDirectory> directories, PrintStream out) {
        this.directories = directories;
        this.out = out;
    }

    /** Runs the job. */
    @SuppressWarnings("checkstyle:systemOut")
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        boolean isClient =
                !(env instanceof StreamPlanEnvironment)
                        && !IN_CLUSTER.equals(env.getConfiguration().get(DeploymentOptions.TARGET));
        try {
            if (!prepare(env, List.of(args))) {
                if (isClient) {
                    System.exit(0);
                }
                return;
            }
        } catch (IllegalArgumentException e) {
            if (!isClient) {
                throw e;
            }
            System.err.println(e.getMessage());
            System.exit(1);
        }
        env.execute();
    }

    /**
     * Makes the job in an environment of the caller's, who executes it.
     *
     * @param args what the job's command line takes
     * @return whether there is a job to execute; not where only help or the flows were asked for
     * @throws IllegalArgumentException with everything that is wrong
     */
    @SuppressWarnings("checkstyle:systemOut")
    public static boolean prepare(StreamExecutionEnvironment env, List<String> args) {
        return new IngestJob(config -> SdkStreamDirectory.factory(config).open(), System.out)
                .addTo(env, args);
    }

    /**
     * Makes the job in the environment, or prints what was asked for instead.
     *
     * @return whether there is a job to execute
     * @throws IllegalArgumentException with everything that is wrong
     */
    boolean addTo(StreamExecutionEnvironment env, List<String> args) {
        IngestArguments arguments = IngestArguments.parse(args);
        if (arguments.help()) {
            out.print(IngestArguments.USAGE);
            return false;
        }
        AgentDocument document =
                AgentDocument.parse(
                        arguments.config(), read(arguments.config()), arguments.overrides());
        document.notices().forEach(LOG::warn);
        if (arguments.dryRun()) {
            document.notices().forEach(notice -> out.println("Note: " + notice));
            document.flows()
                    .forEach(
                            flow ->
                                    out.println(
                                            flow.id()
                                                    + (flow.service() == AgentFlow.Service.FIREHOSE
                                                            ? " (delivery stream "
                                                            : " (stream ")
                                                    + flow.stream()
                                                    + ")"));
            document.streamFlows()
                    .forEach(
                            flow ->
                                    out.println(
                                            flow.id()
                                                    + " (streams "
                                                    + String.join(", ", flow.sources())
                                                    + " to stream "
                                                    + flow.target()
                                                    + ")"));
            document.queueFlows()
                    .forEach(
                            flow ->
                                    out.println(
                                            flow.id()
                                                    + " (queue "
                                                    + flow.queue().queue()
                                                    + " to stream "
                                                    + flow.target()
                                                    + ")"));
            return false;
        }
        // The same for every attempt of this job, since it is part of its graph.
        String lineage = UUID.randomUUID().toString();
        IngestPipeline pipeline = new IngestPipeline(document, lineage);
        try (StreamDirectory directory =
                directories.apply(AwsClientConfig.from(document.options()))) {
            for (AgentFlow flow : document.flows()) {
                if (flow.service() == AgentFlow.Service.FIREHOSE) {
                    pipeline.addToFirehose(flow, env);
                } else {
                    pipeline.add(flow, arn(directory, flow.stream()), null, env);
                }
            }
            for (QueueFlow flow : document.queueFlows()) {
                pipeline.add(
                        flow,
                        arn(directory, flow.target()),
                        flow.errorStream() == null ? null : arn(directory, flow.errorStream()),
                        env);
            }
            new StreamPipeline(document, lineage, name -> arn(directory, name), env).add();
        }
        configure(env);
        return true;
    }

    private static void configure(StreamExecutionEnvironment env) {
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            LOG.info(
                    "Checkpoints were off; positions are kept in them, so there is one every {} ms",
                    CHECKPOINT_MILLIS);
            env.enableCheckpointing(CHECKPOINT_MILLIS);
        }
        if (env.getConfiguration().getOptional(PipelineOptions.NAME).isEmpty()) {
            env.configure(new Configuration().set(PipelineOptions.NAME, "ingest"));
        }
    }

    private static StreamArn arn(StreamDirectory directory, String stream) {
        if (stream.startsWith("arn:")) {
            return StreamArn.parseReadable(stream);
        }
        try {
            return directory.arnOf(stream);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "stream " + stream + " cannot be looked up: " + e.getMessage(), e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--config: " + file + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--config: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
