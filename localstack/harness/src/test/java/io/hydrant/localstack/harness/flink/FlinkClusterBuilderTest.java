package io.hydrant.localstack.harness.flink;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
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

    private Map<String, String> effective() {
        return builder.effective(new ClusterFolder(Path.of("/run")), 8081, 6123);
    }
}
