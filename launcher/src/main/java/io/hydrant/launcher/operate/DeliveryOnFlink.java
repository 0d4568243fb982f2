package io.hydrant.launcher.operate;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.flink.FlinkJob;
import io.hydrant.localstack.harness.flink.FlinkRest;
import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job of a delivery on a Flink cluster, driven through Flink's own command line. */
final class DeliveryOnFlink {

    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

    /** Between the names where a job has several deliveries. */
    private static final String SEPARATOR = ";";

    private final FlinkHome home;
    private final URI cluster;
    private final FlinkRest rest;

    /**
     * A delivery on a cluster.
     *
     * @param cluster address of its REST interface
     */
    DeliveryOnFlink(FlinkHome home, URI cluster) {
        this.home = home;
        this.cluster = cluster;
        this.rest = new FlinkRest(cluster);
    }

    /**
     * The one job that runs a plan.
     *
     * @throws IOException if there is none, or more than one
     */
    FlinkJob running(DeliveryPlan plan) throws IOException {
        List<FlinkJob> running = running(plan.deliveryStream());
        if (running.size() != 1) {
            throw new IOException(
                    running.isEmpty()
                            ? "No job of " + cluster + " delivers " + plan.deliveryStream()
                            : running.size()
                                    + " jobs of "
                                    + cluster
                                    + " deliver "
                                    + plan.deliveryStream()
                                    + ", which doubles records; cancel the wrong ones");
        }
        FlinkJob job = running.get(0);
        String delivered = delivered(job);
        if (!delivered.equals(plan.deliveryStream())) {
            throw new IOException(
                    "Job "
                            + job.id()
                            + " of "
                            + cluster
                            + " delivers "
                            + delivered.replace(SEPARATOR, ", ")
                            + " together, and this is about one. Way out: flink stop, then flink run -s SAVEPOINT with all of their configurations");
        }
        return job;
    }

    /** The jobs that deliver a stream, told by the options that the job itself shows. */
    private List<FlinkJob> running(String deliveryStream) throws IOException {
        List<FlinkJob> found = new ArrayList<>();
        for (FlinkJob job : rest.jobs()) {
            if (!job.isOver()
                    && List.of(delivered(job).split(SEPARATOR)).contains(deliveryStream)) {
                found.add(job);
            }
        }
        return found;
    }

    /** Names of the delivery streams of a job, several with {@link #SEPARATOR} between. */
    private String delivered(FlinkJob job) throws IOException {
        return rest.userConfig(job.id()).getOrDefault("delivery.stream.name", "");
    }

    /** Fails where a job delivers the stream already, for two would double its records. */
    void requireNone(DeliveryPlan plan) throws IOException {
        List<FlinkJob> running = running(plan.deliveryStream());
        if (!running.isEmpty()) {
            throw new IOException(
                    "Job "
                            + running.get(0).id()
                            + " delivers "
                            + plan.deliveryStream()
                            + " already; to change it, say reconfigure");
        }
    }

    /** The options that a job runs with. */
    Map<String, String> options(FlinkJob job) throws IOException {
        return rest.userConfig(job.id());
    }

    /**
     * Stops a job with a savepoint; all that is due is delivered, the rest is in the savepoint.
     *
     * @param directory where savepoints go, null for the cluster's own setting
     * @return the savepoint
     * @throws IOException if it fails; the job then runs on
     */
    String stop(FlinkJob job, String directory) throws IOException {
        List<String> words = words("stop");
        if (directory != null) {
            words.addAll(List.of("--savepointPath", directory));
        }
        words.add(job.id());
        return found(SAVEPOINT, words);
    }

    /**
     * Starts the job.
     *
     * @param savepoint where it goes on from
     * @param jar the job's jar
     * @param arguments the job's own
     * @return its id
     */
    String start(String savepoint, Path jar, List<String> arguments) throws IOException {
        List<String> words = words("run");
        words.addAll(List.of("-d", "-s", savepoint, jar.toString()));
        words.addAll(arguments);
        return found(SUBMITTED, words);
    }

    private List<String> words(String action) {
        return new ArrayList<>(
                List.of(
                        home.program("flink").toString(),
                        action,
                        "-m",
                        cluster.getHost() + ':' + cluster.getPort()));
    }

    private static String found(Pattern pattern, List<String> words) throws IOException {
        String[] found = {null};
        Command.Result result =
                Command.of(words)
                        .listening(
                                line -> {
                                    Matcher matcher = pattern.matcher(line);
                                    if (matcher.find()) {
                                        found[0] = matcher.group(1);
                                    }
                                })
                        .attempt();
        if (result.exitCode() != 0 || found[0] == null) {
            throw new IOException("flink " + words.get(1) + " failed:\n" + result.output());
        }
        return found[0];
    }
}
