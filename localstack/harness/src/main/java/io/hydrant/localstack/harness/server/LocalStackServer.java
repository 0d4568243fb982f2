package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackForm;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FolderLock;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.BuildOwner;
import io.hydrant.localstack.harness.process.LogTail;
import io.hydrant.localstack.harness.process.ProcessIdentity;
import io.hydrant.localstack.harness.process.ProcessMark;
import io.hydrant.localstack.harness.process.SupervisedProcess;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A LocalStack that we started, or that another process of the same owner did.
 *
 * <p>It ends with its owner, however that one ends, together with the engine processes that it
 * starts; see {@link io.hydrant.localstack.harness.process.Supervisor}. All state is in memory: a
 * new one is empty.
 */
public final class LocalStackServer implements LocalStack, AutoCloseable {

    /** The port that everybody expects LocalStack on. */
    public static final int USUAL_PORT = 4566;

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

    private static final Duration REACH_TIMEOUT = Duration.ofSeconds(30);

    private final RunFolder folder;
    private final RunFolder.State state;

    private LocalStackServer(RunFolder folder, RunFolder.State state) {
        this.folder = folder;
        this.state = state;
    }

    /**
     * The one LocalStack of this build, started by whoever asks first.
     *
     * <p>Where {@code HYDRANT_LOCALSTACK_ENDPOINT} names one that runs already, it is that one. The
     * build is the outermost Maven process above this JVM, or this JVM itself.
     *
     * @param progress told about installation and start
     * @return a LocalStack whose services have answered; not to be ended by the caller
     * @throws IOException if it cannot be installed, started or reached; the message says what to
     *     do
     */
    public static LocalStack sharedByBuild(Progress progress) throws IOException {
        FormChoice choice = formChoice();
        if (choice.any() == LocalStackForm.ENDPOINT) {
            return reach(choice.endpoint(), REACH_TIMEOUT, progress);
        }
        ProcessIdentity build = BuildOwner.find();
        return findOrStart("build-" + build, build, FreePort.any(), progress);
    }

    /**
     * A LocalStack for this process alone, on a free port.
     *
     * @param progress told about installation and start
     * @return a LocalStack whose services have answered; ends when it is closed or this process
     *     ends
     * @throws IOException if it cannot be installed or started; the message says what to do
     */
    public static LocalStackServer ownedByThisProcess(Progress progress) throws IOException {
        ProcessIdentity self = ProcessIdentity.ofThisProcess();
        return findOrStart("process-" + self, self, FreePort.any(), progress);
    }

    /**
     * A LocalStack that outlives this process and runs until it is ended.
     *
     * @param port where it shall listen; the same port gives the same server
     * @param progress told about installation and start
     * @return a LocalStack whose services have answered
     * @throws IOException if the port is taken by something else, or it cannot be installed or
     *     started; the message says what to do
     */
    public static LocalStackServer untilEnded(int port, Progress progress) throws IOException {
        return findOrStart(nameOf(port), null, port, progress);
    }

    /**
     * The server that {@link #untilEnded} started, if it runs.
     *
     * @param port where it listens
     * @return empty when none was started there, or it ended
     * @throws IOException if the cache cannot be read
     */
    public static Optional<LocalStackServer> find(int port) throws IOException {
        RunFolder folder = RunFolder.of(HydrantCache.ofUser(), nameOf(port));
        return folder.read()
                .filter(state -> state.supervisor().isAlive())
                .map(state -> new LocalStackServer(folder, state));
    }

    /**
     * A LocalStack at an address, whoever runs it.
     *
     * @param endpoint where to ask
     * @param timeout how long to wait for all services to answer
     * @param progress told what is being waited for
     * @return a LocalStack whose services have answered; not to be ended by the caller
     * @throws IOException if a service does not answer in time
     */
    public static LocalStack reach(URI endpoint, Duration timeout, Progress progress)
            throws IOException {
        RunningEndpoint running = new RunningEndpoint(endpoint);
        Readiness.await(running, timeout, () -> true, progress);
        return running;
    }

    private static String nameOf(int port) {
        return "port-" + port;
    }

    private static FormChoice formChoice() {
        return new FormChoice(System.getenv(), ContainerForm::isAvailable);
    }

    private static LocalStackServer findOrStart(
            String name, ProcessIdentity owner, int port, Progress progress) throws IOException {
        HydrantCache cache = HydrantCache.ofUser();
        RunFolder folder = RunFolder.of(cache, name);
        try (FolderLock ignored = FolderLock.acquire(RunFolder.lockFile(cache), progress)) {
            Optional<RunFolder.State> running =
                    folder.read().filter(state -> state.supervisor().isAlive());
            LocalStackServer server;
            if (running.isPresent()) {
                server = new LocalStackServer(folder, running.get());
            } else {
                ProcessMark mark = new ProcessMark("localstack/" + name, owner);
                // What a hard kill of the supervisor left, of this run or of ended ones.
                mark.endAll();
                ProcessMark.endLeftovers();
                RunFolder.sweep(cache);
                server = start(cache, folder, mark, port, progress);
            }
            server.awaitReady(progress);
            return server;
        }
    }

    private static LocalStackServer start(
            HydrantCache cache, RunFolder folder, ProcessMark mark, int port, Progress progress)
            throws IOException {
        FreePort.require(port, LocalStack.class.getSimpleName());
        LocalStackForm form = formChoice().started();
        SupervisedProcess.Specification specification;
        if (form == LocalStackForm.CONTAINER) {
            progress.say(describe(form) + ": starting at 127.0.0.1:" + port + " …");
            folder.clear();
            specification = ContainerForm.stoppedAtEnd(ContainerForm.start(port, progress));
        } else {
            HostInstallation installation = HostInstallation.ensure(cache, progress);
            progress.say(describe(form) + ": starting at 127.0.0.1:" + port + " …");
            folder.clear();
            specification = HostForm.specification(installation, port, folder.path());
        }
        SupervisedProcess process = SupervisedProcess.start(mark, specification, folder.path());
        RunFolder.State state =
                new RunFolder.State(
                        mark, process.supervisor(), form, URI.create("http://127.0.0.1:" + port));
        folder.write(state);
        return new LocalStackServer(folder, state);
    }

    private void awaitReady(Progress progress) throws IOException {
        long from = System.nanoTime();
        try {
            Readiness.await(this, READY_TIMEOUT, this::isRunning, progress);
        } catch (IOException e) {
            String message = e.getMessage() + "\nIts log:\n" + LogTail.of(log());
            close();
            throw new IOException(message, e);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
        if (seconds > 0) {
            progress.say(
                    describe(state.form())
                            + ": s3, sts and kinesis answered after "
                            + seconds
                            + " s; log in "
                            + log());
        }
    }

    private static String describe(LocalStackForm form) {
        return "LocalStack "
                + LocalStack.VERSION
                + (form == LocalStackForm.CONTAINER ? " in a container" : " as a process");
    }

    @Override
    public URI endpoint() {
        return state.endpoint();
    }

    @Override
    public LocalStackForm form() {
        return state.form();
    }

    /**
     * What the server printed.
     *
     * @return a file in the cache; empty for a container, whose log Docker keeps
     */
    public Path log() {
        return SupervisedProcess.log(folder.path());
    }

    /**
     * The mark of its processes.
     *
     * @return the mark by which they are found
     */
    public ProcessMark mark() {
        return state.mark();
    }

    /**
     * Whether it still runs.
     *
     * @return false when it was ended, by whomever
     */
    public boolean isRunning() {
        return state.supervisor().isAlive();
    }

    /**
     * Ends the server and its engines, and waits until they are gone.
     *
     * @throws IOException if its folder cannot be cleared
     */
    @Override
    public void close() throws IOException {
        SupervisedProcess.existing(state.mark(), state.supervisor(), folder.path()).end();
        folder.setAside();
    }
}
