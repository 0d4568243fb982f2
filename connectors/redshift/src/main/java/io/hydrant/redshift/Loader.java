package io.hydrant.redshift;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.s3.store.RetryClock;

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
 * of that. Source: Firehose developer guide, "Handle data delivery failures". One thread at a time.
 */
final class Loader {

    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(250), Duration.ofSeconds(30), 2, 0.2);

    private final LoadQueue queue;
    private final LoadAttempt attempt;
    private final Manifests manifests;
    private final RedshiftConfig config;
    private final RedshiftMetrics metrics;
    private final RetryClock clock;

    Loader(
            LoadQueue queue,
            LoadAttempt attempt,
            Manifests manifests,
            RedshiftConfig config,
            RedshiftMetrics metrics,
            RetryClock clock) {
        this.queue = queue;
        this.attempt = attempt;
        this.manifests = manifests;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Loads until the queue is empty.
     *
     * @throws IOException if the warehouse or S3 fails in a way that no waiting mends
     */
    void drain() throws IOException, InterruptedException {
        List<String> keys = queue.keys();
        while (!keys.isEmpty()) {
            metrics.waiting(keys.size());
            load(queue.oldest(keys, config.filesPerLoad()));
            keys = queue.keys();
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
                if (e.outcome() == Outcome.FATAL) {
                    throw new IOException(
                            e.getMessage()
                                    + ". What is staged stays queued, and a job that goes on from here loads it",
                            e);
                }
                if (e.outcome() == Outcome.POISON && entries.size() > 1) {
                    // One bad load must not take its neighbours along.
                    for (LoadQueue.Entry entry : entries) {
                        load(List.of(entry));
                    }
                    return;
                }
                failures++;
                long now = clock.nanoTime();
                if (failures == 1) {
                    firstFailure = now;
                }
                Duration failing = Duration.ofNanos(now - firstFailure);
                if (failing.compareTo(config.retryDuration()) >= 0) {
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
        metrics.loaded(attempt.load(files));
        for (LoadQueue.Entry entry : due) {
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
                    "{}. It failed {} times in {} s ({}), and its {} records are left out. Way out: mend the cause and COPY them by hand from {}.",
                    last.getMessage(),
                    failures,
                    failing.toSeconds(),
                    RedshiftOptions.RETRY_DURATION.key(),
                    entry.load().records(),
                    manifest);
        }
    }
}
