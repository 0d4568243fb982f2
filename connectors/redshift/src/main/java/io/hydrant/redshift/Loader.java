package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.core.retry.RetryClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Empties the queue: loads what waits, oldest first and together, again while that may help, and
 * leaves out what fails for longer than it may.
 *
 * <p>What was left out is never loaded later, even where its place in the queue outlived the note
 * of that. Source: Firehose developer guide, "Handle data delivery failures". One thread at a time
 * loads.
 */
final class Loader {

    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(250), Duration.ofSeconds(30), 2, 0.2);

    private final LoadQueue queue;
    private final WarehousePath warehouse;
    private final Manifests manifests;
    private final RedshiftConfig config;
    private final RedshiftMetrics metrics;
    private final RetryClock clock;

    /** When the input ended, null before; told by another thread than the one that loads. */
    private volatile Long endedAt;

    Loader(
            LoadQueue queue,
            WarehousePath warehouse,
            Manifests manifests,
            RedshiftConfig config,
            RedshiftMetrics metrics,
            RetryClock clock) {
        this.queue = queue;
        this.warehouse = warehouse;
        this.manifests = manifests;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Nothing is queued any more; what waits for a person to mend something waits no longer. */
    void end() {
        endedAt = clock.nanoTime();
    }

    /**
     * Loads until the queue is empty.
     *
     * @throws IOException if the warehouse or S3 fails in a way that no waiting mends
     */
    void drain() throws IOException, InterruptedException {
        if (config.mode() == LoadMode.REPLACE) {
            replace();
            return;
        }
        List<String> keys = queue.keys();
        while (!keys.isEmpty()) {
            metrics.waiting(keys.size());
            load(queue.oldest(keys, config.filesPerLoad()));
            keys = queue.keys();
        }
        metrics.waiting(0);
    }

    /** Nothing before all is there, and then all in one load. */
    private void replace() throws IOException, InterruptedException {
        if (!queue.isEnded(LoadQueue.ANY_JOB)) {
            return;
        }
        List<LoadQueue.Entry> entries = queue.all();
        metrics.waiting(entries.size());
        if (!entries.isEmpty()) {
            load(entries);
        }
        metrics.waiting(0);
    }

    private void load(List<LoadQueue.Entry> entries) throws IOException, InterruptedException {
        long firstFailure = 0;
        for (int failures = 0; ; ) {
            try {
                attempt(entries);
                return;
            } catch (LoadException e) {
                metrics.failed();
                boolean isWhole = config.mode() == LoadMode.REPLACE;
                if (e.outcome() == Outcome.POISON && entries.size() > 1 && !isWhole) {
                    // One bad load must not take its neighbours along.
                    for (LoadQueue.Entry entry : entries) {
                        load(List.of(entry));
                    }
                    return;
                }
                failures++;
                long now = clock.nanoTime();
                boolean isForPerson = e.outcome() == Outcome.FATAL;
                if (isForPerson && !maySomebodyMendIt(now)) {
                    throw new IOException(
                            e.getMessage()
                                    + ". What is staged stays queued, and a job that goes on from here loads it",
                            e);
                }
                if (isForPerson || failures == 1) {
                    // Waiting for a person is no failing of the load.
                    firstFailure = now;
                }
                Duration failing = Duration.ofNanos(now - firstFailure);
                if (!isForPerson && failing.compareTo(config.retryDuration()) >= 0) {
                    if (isWhole) {
                        throw new IOException(
                                e.getMessage()
                                        + ". The table keeps the rows that it has. What is staged stays queued, and a job that goes on from here tries again",
                                e);
                    }
                    leaveOut(entries, failures, failing, e);
                    return;
                }
                Duration pause = BACKOFF.delay(failures, ThreadLocalRandom.current());
                LOG.warn(
                        "{}. Attempt {} failed; the next follows in {} ms.",
                        e.getMessage(),
                        failures,
                        pause.toMillis());
                clock.pause(pause);
            }
        }
    }

    /** Whether to wait for that; behind the end of the input not for ever. */
    private boolean maySomebodyMendIt(long now) {
        Long end = endedAt;
        return config.onError() == ErrorAction.WAIT
                && (end == null
                        || Duration.ofNanos(now - end).compareTo(config.retryDuration()) < 0);
    }

    private void attempt(List<LoadQueue.Entry> entries) throws IOException, InterruptedException {
        List<LoadQueue.Entry> due = new ArrayList<>();
        for (LoadQueue.Entry entry : entries) {
            if (manifests.isLeftOut(entry.load())) {
                queue.remove(entry);
            } else {
                due.add(entry);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        List<StagedFile> files =
                due.stream().flatMap(entry -> entry.load().files().stream()).distinct().toList();
        metrics.loaded(warehouse.load(files));
        for (LoadQueue.Entry entry : due) {
            if (config.stagedRetention() != null) {
                queue.addLoaded(entry.load());
            }
            queue.remove(entry);
        }
    }

    private void leaveOut(
            List<LoadQueue.Entry> entries, int failures, Duration failing, LoadException last)
            throws IOException, InterruptedException {
        for (LoadQueue.Entry entry : entries) {
            if (manifests.isLeftOut(entry.load())) {
                queue.remove(entry);
                continue;
            }
            String manifest = manifests.leaveOut(entry.load());
            queue.remove(entry);
            metrics.leftOut(entry.load().records());
            LOG.error(
                    "{}. It failed {} times in {} s ({}), and its {} records are left out. Way out: mend the cause and load by hand what {} lists.",
                    last.getMessage(),
                    failures,
                    failing.toSeconds(),
                    RedshiftOptions.RETRY_DURATION.key(),
                    entry.load().records(),
                    manifest);
        }
    }
}
