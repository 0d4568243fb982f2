package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.process.JvmFork;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the command lines that a Docker client is given, with a client that only writes them down.
 *
 * <p>Each case runs in a JVM of its own, because the library reads the client's place from the
 * environment when its class is loaded.
 */
class ContainerFormITCase {

    private static final String CONTAINER = "3f1c0ffee";

    @TempDir private Path folder;
    private Path calls;

    @BeforeEach
    void writeNothingYet() {
        calls = folder.resolve("calls");
    }

    @Test
    void pullsTheImageAndListensOnTheLoopbackInterfaceOnly() throws Exception {
        docker("images) echo localstack/localstack:latest ;;", "run) echo " + CONTAINER + " ;;");

        assertThat(run("start")).contains("container " + CONTAINER);

        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).hasSize(3).element(1).isEqualTo("pull localstack/localstack:4.9.2");
        assertThat(lines.get(2))
                .startsWith("run -d --rm -p 127.0.0.1:4599:4566 ")
                .contains(" -e KINESIS_MOCK_VERSION=0.6.2 ", " -e KINESIS_PERSISTENCE=0 ")
                .contains(" -e LOCALSTACK_HOST=127.0.0.1:4599 ", " -e SERVICES=s3,kinesis,sts,")
                .endsWith(" localstack/localstack:4.9.2");
    }

    @Test
    void doesNotPullAnImageThatIsThere() throws Exception {
        docker(
                "images) echo debian:12; echo localstack/localstack:4.9.2 ;;",
                "run) echo " + CONTAINER + " ;;");

        run("start");

        assertThat(calls).content().doesNotContain("pull");
    }

    @Test
    void removesTheContainerAtTheEnd() throws Exception {
        Path client = docker();

        assertThat(run("end")).contains(client + " rm --force " + CONTAINER);
    }

    @Test
    void takesAVersionForAnEngineAndAnErrorForNone() throws Exception {
        docker("info) echo 28.1.1 ;;");
        assertThat(run("available")).contains("available true");

        docker("info) echo Cannot connect to the Docker daemon >&2; exit 1 ;;");
        assertThat(run("available")).contains("available false");
    }

    private Path docker(String... answers) throws IOException {
        Path client = folder.resolve("docker");
        Files.writeString(
                client,
                "#!/bin/sh\necho \"$@\" >> "
                        + calls
                        + "\ncase $1 in\n"
                        + String.join("\n", answers)
                        + "\nesac\n");
        assertThat(client.toFile().setExecutable(true)).isTrue();
        return client;
    }

    private String run(String what) throws Exception {
        Path output = folder.resolve("output");
        Process process =
                JvmFork.start(
                        UseOfDocker.class,
                        Map.of("DOCKER_LOCATION", folder.resolve("docker").toString()),
                        output,
                        what);
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** Uses the container form once. */
    static final class UseOfDocker {

        private UseOfDocker() {}

        @SuppressWarnings("checkstyle:systemOut")
        public static void main(String[] args) {
            switch (args[0]) {
                case "start" ->
                        System.out.println(
                                "container " + ContainerForm.start(4599, Progress.silent()));
                case "end" ->
                        System.out.println(
                                String.join(" ", ContainerForm.stoppedAtEnd(CONTAINER).atEnd()));
                case "available" -> System.out.println("available " + ContainerForm.isAvailable());
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }
}
