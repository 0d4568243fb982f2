package io.hydrant.redshift;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Staged objects some time after their load. */
class StagedRemovalITCase {

    private static WarehouseRig rig;

    private String table;
    private RedshiftConfig config;

    @BeforeAll
    static void start() throws IOException {
        rig = new WarehouseRig();
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
    }

    @BeforeEach
    void makeTable() throws Exception {
        table = rig.newTable();
        config =
                rig.config(
                        table,
                        Map.of(
                                "redshift.staged-retention", "2 h",
                                "redshift.max-errors", "0"));
    }

    @Test
    void areRemovedOnceTheirLoadIsLongEnoughAgo() throws Exception {
        StagedFile loaded = rig.stage(config, "1,a");
        StagedFile waiting = rig.stage(config, "2,b");
        queue(loaded);
        drain();
        queue(waiting);

        removeIn(Duration.ofMinutes(119));
        assertThat(rig.keys("data/")).contains(loaded.key());

        removeIn(Duration.ofMinutes(121));
        assertThat(rig.keys("data/")).doesNotContain(loaded.key()).contains(waiting.key());
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/loaded/")).isEmpty();

        // A commit that is repeated brings the object back; it is not loaded again.
        queue(loaded);
        drain();
        assertThat(rig.rows("SELECT id FROM " + table + " ORDER BY 1")).containsExactly("1", "2");
    }

    @Test
    void stayWhereTheyWereLeftOut() throws Exception {
        StagedFile bad = rig.stage(config, "x,a");
        queue(bad);
        drain();

        removeIn(Duration.ofDays(100));

        assertThat(rig.keys("errors/manifests/stream-" + table)).hasSize(1);
        assertThat(rig.keys("data/")).contains(bad.key());
    }

    @Test
    void stayWhereNothingIsSaid() throws Exception {
        config = rig.config(table, Map.of());
        StagedFile loaded = rig.stage(config, "1,a");
        queue(loaded);
        drain();

        removeIn(Duration.ofDays(100));

        assertThat(rig.keys("data/")).contains(loaded.key());
        assertThat(rig.keys("_hydrant/loads/stream-" + table + '/')).isEmpty();
    }

    /** The store fails at the removal of the object, and works the next time. */
    @Test
    void areRemovedTheNextTimeWhereTheStoreFails() throws Exception {
        StagedFile loaded = rig.stage(config, "1,a");
        queue(loaded);
        drain();
        rig.s3
                .faults()
                .after("DeleteObject", 0, 1, io.hydrant.localstack.fakes.http.Fault.dropAnswer());

        removeIn(Duration.ofHours(3));

        assertThat(rig.keys("data/")).doesNotContain(loaded.key());
        assertThat(rig.keys("_hydrant/loads/stream-" + table + "/loaded/")).isEmpty();
        rig.heal();
    }

    private void queue(StagedFile file) throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.queue().add(QueuedLoad.of(List.of(file)));
        }
    }

    private void drain() throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            rooms.loader().drain();
        }
    }

    private void removeIn(Duration later) throws Exception {
        try (LoadRooms rooms = rig.rooms(config)) {
            Clock then = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
            new StagedRemoval(
                            rooms.queue(),
                            config.stagedRetention(),
                            new WarehouseRig.NoPause(),
                            then)
                    .removeDue();
        }
    }
}
