package io.hydrant.localstack.harness.flink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlinkClusterBuilderTest {

    private final FlinkClusterBuilder builder =
            new FlinkClusterBuilder(new FlinkHome(Path.of("/flink"), "2.3.0"));

    @Test
    void setsWhatAClusterOfItsOwnNeeds() {
        assertThat(effective())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("rest.address", "127.0.0.1"),
                                Map.entry("rest.bind-address", "127.0.0.1"),
                                Map.entry("rest.port", "8081"),
                                Map.entry("jobmanager.rpc.address", "127.0.0.1"),
                                Map.entry("jobmanager.bind-host", "127.0.0.1"),
                                Map.entry("jobmanager.rpc.port", "6123"),
                                Map.entry("taskmanager.host", "127.0.0.1"),
                                Map.entry("taskmanager.bind-host", "127.0.0.1"),
                                Map.entry("taskmanager.numberOfTaskSlots", "2"),
                                Map.entry("high-availability.type", "NONE"),
                                Map.entry(
                                        "execution.checkpointing.dir",
                                        "file:///run/state/checkpoints"),
                                Map.entry(
                                        "execution.checkpointing.savepoint-dir",
                                        "file:///run/state/savepoints"),
                                Map.entry("io.tmp.dirs", "/run/tmp"),
                                Map.entry("web.tmpdir", "/run/tmp"),
                                Map.entry("heartbeat.interval", "2 s"),
                                Map.entry("metrics.fetcher.update-interval", "1 s")));
    }

    @Test
    void letsTheCallerHaveTheLastWord() {
        builder.slots(4)
                .set("execution.checkpointing.dir", "s3://bucket/checkpoints")
                .set("state.backend.type", "rocksdb");

        assertThat(effective())
                .containsEntry("taskmanager.numberOfTaskSlots", "4")
                .containsEntry("execution.checkpointing.dir", "s3://bucket/checkpoints")
                .containsEntry("state.backend.type", "rocksdb");
    }

    @Test
    void refusesACountThatCannotBe() {
        assertThatThrownBy(() -> builder.slots(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A TaskManager of 0 slots");
        assertThatThrownBy(() -> builder.taskManagers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A cluster of -1 TaskManagers");
    }

    @Test
    void givesAClusterLibrariesOfItsOwnBesideThoseOfTheHome(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        Path more = folder.resolve("more.jar");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/flink-dist-2.3.0.jar"), "dist");
        Files.writeString(more, "more");
        ClusterFolder cluster = new ClusterFolder(Files.createDirectory(folder.resolve("run")));
        assertThat(cluster.environment(folder)).doesNotContainKey("FLINK_LIB_DIR");

        cluster.addLibraries(new FlinkHome(home, "2.3.0"), List.of(more));

        Path libraries = Path.of(cluster.environment(folder).get("FLINK_LIB_DIR"));
        assertThat(libraries.resolve("flink-dist-2.3.0.jar")).hasContent("dist");
        assertThat(libraries.resolve("more.jar")).hasContent("more");
        assertThat(home.resolve("lib/more.jar")).doesNotExist();
    }

    private Map<String, String> effective() {
        return builder.effective(new ClusterFolder(Path.of("/run")), 8081, 6123);
    }
}
