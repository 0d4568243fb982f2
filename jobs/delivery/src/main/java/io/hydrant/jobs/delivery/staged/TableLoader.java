package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.stage.WaitingObject;
import io.hydrant.s3.stage.WaitingObjects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts what waits into the destination, oldest first, again for as long as it takes.
 *
 * <p>It waits for a person as it waits for a network: nothing is left out, since what waits is safe
 * where it lies. Only behind the end of the input it gives up some time, so that the job ends. One
 * thread drains.
 */
final class TableLoader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableLoader.class);

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(250), Duration.ofSeconds(30), 2, 0.2);

    private final WaitingObjects waiting;
    private final LoadRounds rounds;
    private final StagedTablesMetrics metrics;
    private final Duration patience;
    private final RetryClock clock;

    /** When the input ended, null before; told by another thread than the one that drains. */
    private volatile Long endedAt;

    private volatile boolean stopped;

    /**
     * A loader.
     *
     * @param waiting what waits
     * @param rounds put it into the destination; closed with this
     * @param patience how long to try behind the end of the input
     */
    TableLoader(
            WaitingObjects waiting,
            LoadRounds rounds,
            StagedTablesMetrics metrics,
            Duration patience,
            RetryClock clock) {
        this.waiting = waiting;
        this.rounds = rounds;
        this.metrics = metrics;
        this.patience = patience;
        this.clock = clock;
    }

    /** The input has ended, so that nothing is added any more. */
    void end() {
        endedAt = clock.nanoTime();
    }

    /** The task ends: what waits is left to the next one. */
    void stop() {
        stopped = true;
    }

    /**
     * Returns once nothing waits any more, or the task ends.
     *
     * @throws IOException if that is not so for too long behind the end of the input
     */
    void drain() throws IOException, InterruptedException {
        for (int failures = 0; !stopped; ) {
            try {
                List<String> keys = waiting.keys();
                metrics.waiting(keys.size());
                if (keys.isEmpty()) {
                    return;
                }
                load(keys);
                failures = 0;
            } catch (IOException | RuntimeException e) {
                if (stopped) {
                    return;
                }
                rounds.failed();
                metrics.failed();
                failures++;
                requirePatience(e);
                Duration pause = BACKOFF.delay(failures, ThreadLocalRandom.current());
                LOG.warn(
                        "What waits could not be put into its tables: {}. Attempt {} failed; the next follows in {} ms.",
                        e.toString(),
                        failures,
                        pause.toMillis());
                LOG.debug("As it failed", e);
                clock.pause(pause);
            }
        }
    }

    private void load(List<String> keys) throws IOException, InterruptedException {
        int left = keys.size();
        try (LoadRound round = rounds.begin()) {
            for (String key : keys) {
                if (stopped) {
                    return;
                }
                WaitingObject object = waiting.read(key);
                metrics.loaded(round.load(object));
                waiting.remove(key);
                metrics.waiting(--left);
            }
        }
    }

    private void requirePatience(Exception e) throws IOException {
        Long end = endedAt;
        if (end != null && clock.nanoTime() - end >= patience.toNanos()) {
            throw new IOException(
                    "The input has ended, and what waits could not be put into its tables for "
                            + patience.toSeconds()
                            + " s: "
                            + e.getMessage()
                            + ". It goes on waiting, and a job that goes on from here tries again",
                    e);
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
