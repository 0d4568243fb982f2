package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.process.ProcessIdentity;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone Flink cluster of this machine: a JobManager with the web UI, and TaskManagers, each
 * a process of its own that Flink's scripts start.
 *
 * <p>It listens on the loopback interface alone. It ends when it is closed or this process ends,
 * however that one ends. Not for several threads at a time, but for {@link #rest()}.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration JOB_TIMEOUT = Duration.ofMinutes(3);
    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

    private final FlinkHome home;
    private final ClusterFolder folder;
    private final URI address;
    private final FlinkRest rest;
    private final Deque<FlinkProcess> taskManagers = new ArrayDeque<>();
    private FlinkProcess jobManager;
    private int startedTaskManagers;

    FlinkCluster(FlinkHome home, ClusterFolder folder, int restPort) {
        this.home = home;
        this.folder = folder;
        this.address = URI.create("http://127.0.0.1:" + restPort);
        this.rest = new FlinkRest(address);
    }

    /**
     * Says what cluster to start.
     *
     * @param home where Flink is
     * @return a builder of a cluster with one TaskManager of two slots, on free ports
     */
    public static FlinkClusterBuilder builder(FlinkHome home) {
        return new FlinkClusterBuilder(home);
    }

    void startJobManager() throws IOException {
        jobManager = FlinkProcess.start(home, folder, "jobmanager.sh", "jobmanager", List.of());
        await(jobManager, () -> rest.taskManagers().isEmpty());
    }

    /**
     * Starts one more TaskManager and waits until its slots can be used.
     *
     * @throws IOException if it does not start; the message has the end of its log
     */
    public void startTaskManager() throws IOException {
        startedTaskManagers++;
        String name = "taskmanager-" + startedTaskManagers;
        FlinkProcess taskManager =
                FlinkProcess.start(
                        home,
                        folder,
                        "taskmanager.sh",
                        name,
                        List.of("-Dtaskmanager.resource-id=" + name));
        taskManagers.addLast(taskManager);
        await(taskManager, () -> rest.taskManagers().contains(name));
    }

    private static void await(FlinkProcess process, Callable<Boolean> isReady) throws IOException {
        boolean waited =
                Conditions.comeTrue(START_TIMEOUT, () -> !process.isAlive() || isReady.call());
        if (!waited || !process.isAlive()) {
            throw new IOException(
                    "Flink's "
                            + process.name()
                            + (process.isAlive()
                                    ? " is not ready after " + START_TIMEOUT.toSeconds() + " s"
                                    : " ended at its start")
                            + ". Its logs:\n"
                            + process.logTail());
        }
    }

    /**
     * Kills the TaskManager that runs for the longest time, as {@code kill -9} does, and waits
     * until its process is gone. The JobManager needs some seconds to notice.
     *
     * @throws IOException if it cannot be killed
     * @throws IllegalStateException if there is none
     */
    public void killTaskManager() throws IOException {
        FlinkProcess oldest = taskManagers.pollFirst();
        if (oldest == null) {
            throw new IllegalStateException("The cluster has no TaskManager to kill");
        }
        oldest.kill();
    }

    /**
     * Runs Flink's command line client against this cluster.
     *
     * @param arguments what follows {@code flink}
     * @return its exit code and the end of its output
     * @throws IOException if it cannot be started
     */
    public Command.Result flink(String... arguments) throws IOException {
        return client(arguments).attempt();
    }

    /**
     * Runs Flink's SQL client against this cluster.
     *
     * @param arguments what follows {@code sql-client.sh}, such as {@code -f} and a file
     * @return its exit code and the end of its output; the code is 1 where a statement fails
     * @throws IOException if it cannot be started
     */
    public Command.Result sqlClient(String... arguments) throws IOException {
        return program("sql-client.sh", arguments).attempt();
    }

    private Command client(String... arguments) throws IOException {
        return program("flink", arguments);
    }

    private Command program(String name, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(home.program(name).toString());
        words.addAll(Arrays.asList(arguments));
        return Command.of(words).with(folder.environment(folder.logs("client")));
    }

    /**
     * Submits a job with {@code flink run -d}.
     *
     * @param arguments what follows {@code flink run -d}: options, the jar, its arguments
     * @return the id of the submitted job
     * @throws IOException if it is refused; the message has what the client printed
     */
    public String run(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        words.addAll(Arrays.asList(arguments));
        AtomicReference<String> id = new AtomicReference<>();
        Command.Result result =
                client(words.toArray(String[]::new))
                        .listening(
                                line -> {
                                    Matcher matcher = SUBMITTED.matcher(line);
                                    if (matcher.find()) {
                                        id.set(matcher.group(1));
                                    }
                                })
                        .attempt();
        if (result.exitCode() != 0 || id.get() == null) {
            throw new IOException(
                    "flink run ended with code "
                            + result.exitCode()
                            + " and submitted no job:\n"
                            + result.output());
        }
        return id.get();
    }

    /**
     * All jobs that the cluster remembers, also those that ended.
     *
     * @return the jobs
     * @throws IOException if the cluster does not answer
     */
    public List<FlinkJob> list() throws IOException {
        return rest.jobs();
    }

    /**
     * Waits until all tasks of a job run.
     *
     * @param id the job
     * @throws IOException if it ends instead, or does not come that far in three minutes; the
     *     message has its last failure
     */
    public void awaitRunning(String id) throws IOException {
        boolean waited =
                Conditions.comeTrue(
                        JOB_TIMEOUT, () -> rest.allTasksRun(id) || rest.job(id).isOver());
        FlinkJob job = rest.job(id);
        if (!waited || job.isOver()) {
            throw new IOException(
                    "Job "
                            + job.name()
                            + " should run and is "
                            + job.state()
                            + ":\n"
                            + rest.lastFailure(id));
        }
    }

    /**
     * Stops a job with a savepoint, and waits until it ended.
     *
     * @param id a running job
     * @return the address of the savepoint, for {@code flink run -s}
     * @throws IOException if the savepoint fails, and then the job goes on; or if it takes more
     *     than three minutes
     */
    public String stopWithSavepoint(String id) throws IOException {
        String request = rest.triggerStop(id);
        AtomicReference<String> savepoint = new AtomicReference<>();
        AtomicReference<SavepointFailedException> failure = new AtomicReference<>();
        Conditions.comeTrue(
                JOB_TIMEOUT,
                () -> {
                    try {
                        savepoint.set(rest.savepoint(id, request));
                    } catch (SavepointFailedException e) {
                        failure.set(e);
                    }
                    return savepoint.get() != null || failure.get() != null;
                });
        if (failure.get() != null) {
            throw failure.get();
        }
        if (savepoint.get() == null) {
            throw new IOException(
                    "The savepoint of job "
                            + id
                            + " took more than "
                            + JOB_TIMEOUT.toSeconds()
                            + " s");
        }
        awaitOver(id);
        return savepoint.get();
    }

    /**
     * Cancels a job, and waits until it ended.
     *
     * @param id a job that has not ended
     * @throws IOException if it cannot be cancelled, or it takes more than three minutes
     */
    public void cancel(String id) throws IOException {
        rest.cancel(id);
        awaitOver(id);
    }

    private void awaitOver(String id) throws IOException {
        if (!Conditions.comeTrue(JOB_TIMEOUT, () -> rest.job(id).isOver())) {
            throw new IOException("Job " + id + " should end and is still " + rest.job(id).state());
        }
    }

    /**
     * The REST interface, for progress and metrics.
     *
     * @return a client that several threads may use
     */
    public FlinkRest rest() {
        return rest;
    }

    /**
     * Where the web UI is.
     *
     * @return an {@code http} address
     */
    public URI webUi() {
        return address;
    }

    /**
     * Its configuration folder, to be named in {@code FLINK_CONF_DIR} by who wants to use Flink's
     * programs on this cluster.
     *
     * @return the folder that has {@code config.yaml}
     */
    public Path configuration() {
        return folder.configuration();
    }

    /**
     * The last lines that its processes logged and printed, for a report of what went wrong.
     *
     * @return lines of the JobManager, then of the TaskManagers that were not killed
     */
    public String logTail() {
        StringBuilder tail = new StringBuilder(jobManager.logTail());
        taskManagers.forEach(process -> tail.append('\n').append(process.logTail()));
        return tail.toString();
    }

    /** The Java processes of the JobManager and of the TaskManagers that were not killed. */
    List<ProcessIdentity> processes() throws IOException {
        List<ProcessIdentity> all = new ArrayList<>();
        jobManager.java().ifPresent(all::add);
        for (FlinkProcess taskManager : taskManagers) {
            taskManager.java().ifPresent(all::add);
        }
        return all;
    }

    /**
     * Ends all its processes and deletes its checkpoints, savepoints and temporary files; the logs
     * stay for a while.
     *
     * @throws IOException if files cannot be deleted
     */
    @Override
    public void close() throws IOException {
        taskManagers.forEach(FlinkProcess::end);
        taskManagers.clear();
        if (jobManager != null) {
            jobManager.end();
        }
        folder.dropState();
    }
}
