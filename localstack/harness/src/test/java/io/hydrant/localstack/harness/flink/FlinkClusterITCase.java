package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.process.Command;
import io.hydrant.localstack.harness.process.ProcessIdentity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlinkClusterITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void runsAJobThroughAKillASavepointAndAResume() throws Exception {
        String jar = CountingJob.jar(folder.resolve("counting.jar")).toString();
        List<ProcessIdentity> processes = new ArrayList<>();
        try (FlinkCluster cluster = start()) {
            processes.addAll(cluster.processes());
            assertThat(processes).hasSize(2).allMatch(ProcessIdentity::isAlive);
            assertThat(page(cluster)).contains("<title>Apache Flink Web Dashboard</title>");
            Command.Result nothing = cluster.flink("list");
            assertThat(nothing.output()).contains("No running jobs.");
            assertThat(nothing.exitCode()).isZero();

            String first = cluster.run("-p", "2", jar);
            cluster.awaitRunning(first);
            assertThat(cluster.flink("list").output()).contains(first + " : counting (RUNNING)");
            awaitCheckpoints(cluster, first, 1);
            Conditions.until(
                    PATIENCE,
                    "numbers to be counted",
                    () ->
                            cluster.rest()
                                            .metrics(first, n -> n.equals("slowly.numRecordsIn"))
                                            .sum()
                                    > 10);

            cluster.killTaskManager();
            assertThat(processes.get(1).isAlive()).isFalse();
            cluster.startTaskManager();
            processes.addAll(cluster.processes());
            Conditions.until(
                    PATIENCE,
                    "the job to be restored",
                    () -> cluster.rest().checkpoints(first).restored() > 0);
            cluster.awaitRunning(first);
            String savepoint = cluster.stopWithSavepoint(first);
            assertThat(cluster.rest().job(first).state()).isEqualTo("FINISHED");

            String second = cluster.run("-s", savepoint, "-p", "1", jar);
            cluster.awaitRunning(second);
            assertThat(cluster.rest().checkpoints(second).restored()).isEqualTo(1);
            cluster.cancel(second);
            assertThat(cluster.list())
                    .extracting(FlinkJob::state)
                    .containsExactlyInAnyOrder("FINISHED", "CANCELED");

            assertThatThrownBy(() -> cluster.run(jar, "unwanted"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no arguments, please, but unwanted");
            assertThatThrownBy(() -> cluster.awaitRunning(second))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Job counting should run and is CANCELED");
        }
        assertThat(processes).noneMatch(ProcessIdentity::isAlive);
    }

    @Test
    void tellsWhyAClusterDoesNotStart() throws IOException {
        FlinkClusterBuilder builder =
                FlinkCluster.builder(FlinkHome.find(Progress.onStandardError()))
                        .set("jobmanager.memory.process.size", "1m");

        assertThatThrownBy(builder::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("jobmanager ended at its start")
                .hasMessageContaining("IllegalConfigurationException");
    }

    @Test
    void endsWithItsOwnerEvenWhenThatOneIsKilledHard() throws Exception {
        List<ProcessIdentity> processes = new ArrayList<>();
        Process owner =
                new ProcessBuilder(
                                JavaHome.program("java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ClusterOwner.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = owner.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.equals(ClusterOwner.STARTED)) {
                if (line.startsWith(ClusterOwner.PROCESS)) {
                    processes.add(
                            ProcessIdentity.parse(line.substring(ClusterOwner.PROCESS.length())));
                }
                line = output.readLine();
            }
            assertThat(processes).hasSize(2).allMatch(ProcessIdentity::isAlive);
        } finally {
            owner.destroyForcibly();
        }

        Conditions.until(
                PATIENCE,
                "the cluster to end with its owner",
                () -> processes.stream().noneMatch(ProcessIdentity::isAlive));
    }

    private static FlinkCluster start() throws IOException {
        Progress progress = Progress.onStandardError();
        return FlinkCluster.builder(FlinkHome.find(progress)).progress(progress).start();
    }

    private static void awaitCheckpoints(FlinkCluster cluster, String job, long count) {
        Conditions.until(
                PATIENCE,
                count + " checkpoints",
                () -> cluster.rest().checkpoints(job).completed() >= count);
    }

    private static String page(FlinkCluster cluster) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(cluster.webUi()).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
