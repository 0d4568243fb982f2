package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.FolderStore;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableLoaderTest {

    @TempDir private Path folder;

    private final ManualClock clock = new ManualClock();
    private FolderStore store;
    private WaitingObjects waiting;
    private int refusals;

    private final RecordingRounds rounds =
            new RecordingRounds(
                    object -> {
                        if (refusals > 0) {
                            refusals--;
                            throw new IllegalStateException("the catalog is away");
                        }
                    });

    @BeforeEach
    void open() throws Exception {
        Files.createDirectory(folder.resolve("lake"));
        store = new FolderStore(folder);
        waiting = Notes.in(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void putsInWhatWaitsOldestFirstAndTakesItOffTheList() throws Exception {
        for (int number : List.of(30, 4, 200)) {
            waiting.add(Notes.object(number));
        }

        loader().drain();

        assertThat(rounds.calls).containsExactly("begin", "o-4", "o-30", "o-200", "end");
        assertThat(waiting.keys()).isEmpty();
    }

    @Test
    void triesAgainWithAllAnewForAsLongAsItTakes() throws Exception {
        waiting.add(Notes.object(1));
        refusals = 12;

        loader().drain();

        assertThat(clock.pauses).hasSize(12);
        assertThat(rounds.calls.subList(0, 3)).containsExactly("begin", "end", "failed");
        assertThat(rounds.calls).endsWith("begin", "o-1", "end").hasSize(12 * 3 + 3);
    }

    @Test
    void behindTheEndOfTheInputItGivesUpSomeTimeAndLeavesItWhereItIs() throws Exception {
        waiting.add(Notes.object(1));
        refusals = Integer.MAX_VALUE;
        TableLoader loader = loader();
        loader.end();

        assertThatThrownBy(loader::drain)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The input has ended, and what waits could not be put into its tables for 60 s: the catalog is away. It goes on waiting, and a job that goes on from here tries again");
        assertThat(waiting.keys()).hasSize(1);
        assertThat(clock.nanoTime()).isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void leavesWhatWaitsToTheNextTaskWhereItsOwnEnds() throws Exception {
        waiting.add(Notes.object(1));
        TableLoader loader = loader();
        loader.stop();

        loader.drain();

        assertThat(rounds.calls).isEmpty();
        assertThat(waiting.keys()).hasSize(1);
    }

    private TableLoader loader() {
        return new TableLoader(
                waiting,
                rounds,
                new StagedTablesMetrics(new UnregisteredMetricsGroup()),
                Duration.ofSeconds(60),
                clock);
    }

    /** Time passes by pauses alone. */
    private static final class ManualClock implements RetryClock {

        private final List<Duration> pauses = new ArrayList<>();
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void pause(Duration length) {
            pauses.add(length);
            nanos += length.toNanos();
        }
    }
}
