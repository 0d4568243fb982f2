package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.process.SupervisedProcess;

import cloud.localstack.docker.DockerExe;
import cloud.localstack.docker.command.ListImagesCommand;
import cloud.localstack.docker.command.LogCommand;
import cloud.localstack.docker.command.PullCommand;
import cloud.localstack.docker.command.RunCommand;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * LocalStack as a container, through the Docker client's command line as {@code localstack-utils}
 * drives it.
 *
 * <p>Only that library's commands are used: its own start-up waits for a line in the log, and what
 * has to be waited for is that the services answer.
 */
final class ContainerForm {

    private static final String IMAGE = "localstack/localstack";
    private static final int CONTAINER_PORT = 4566;
    private static final int INFO_TIMEOUT_MINUTES = 1;
    private static final int LOG_LINES = 40;

    private static final Pattern ENGINE_VERSION = Pattern.compile("\\d+\\.\\d+.*");

    private ContainerForm() {}

    /**
     * Whether a Docker engine answers; a client alone does not count.
     *
     * <p>The library takes exit code 1, which means "no engine", for success, so the answer has to
     * be a version.
     */
    static boolean isAvailable() {
        try {
            String answer =
                    new DockerExe()
                            .execute(
                                    List.of("info", "--format", "{{.ServerVersion}}"),
                                    INFO_TIMEOUT_MINUTES);
            return ENGINE_VERSION.matcher(answer.trim()).matches();
        } catch (RuntimeException noClient) {
            return false;
        }
    }

    /** Starts a container and gives its id. */
    static String start(int port, Progress progress) {
        if (!new ListImagesCommand().execute().contains(IMAGE + ":" + LocalStack.VERSION)) {
            progress.say("pulling the image " + IMAGE + ":" + LocalStack.VERSION + " …");
            new PullCommand(IMAGE, LocalStack.VERSION).execute();
        }
        Map<String, String> settings = new TreeMap<>(HostForm.settings());
        settings.put("LOCALSTACK_HOST", "127.0.0.1:" + port);
        return new LoopbackRun(port).withEnvironmentVariables(settings).execute().trim();
    }

    /** A supervisor without a process: the container runs elsewhere and has to be stopped. */
    static SupervisedProcess.Specification stoppedAtEnd(String container) {
        return new SupervisedProcess.Specification(
                List.of(), System.getenv(), List.of(dockerClient(), "rm", "--force", container));
    }

    static String log(String container) {
        return new LogCommand(container).withNumberOfLines(LOG_LINES).execute();
    }

    private static String dockerClient() {
        String location = System.getenv("DOCKER_LOCATION");
        return location == null ? "docker" : location;
    }

    /** The library's own port option listens on all interfaces of the machine. */
    private static final class LoopbackRun extends RunCommand {
        LoopbackRun(int port) {
            super(IMAGE, LocalStack.VERSION);
            addOptions("-p", "127.0.0.1:" + port + ":" + CONTAINER_PORT);
        }
    }
}
