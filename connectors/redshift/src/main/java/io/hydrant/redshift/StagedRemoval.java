package io.hydrant.redshift;

import io.hydrant.core.retry.RetryClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Removes staged objects once their load is long enough ago; a failure is logged and tried again,
 * since nothing depends on it.
 */
final class StagedRemoval {

    private static final Logger LOG = LoggerFactory.getLogger(StagedRemoval.class);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final LoadQueue queue;
    private final Duration retention;
    private final RetryClock clock;
    private final Clock time;
    private Long lastNanos;

    /**
     * Removes nothing yet.
     *
     * @param retention how long objects are kept, null for ever
     * @param time what loads are noted by
     */
    StagedRemoval(LoadQueue queue, Duration retention, RetryClock clock, Clock time) {
        this.queue = queue;
        this.retention = retention;
        this.clock = clock;
        this.time = time;
    }

    /** Removes what is due, unless it was looked for within the last minute. */
    void removeDue() throws InterruptedException {
        long now = clock.nanoTime();
        boolean isTooSoon = lastNanos != null && now - lastNanos < PAUSE.toNanos();
        if (retention == null || isTooSoon) {
            return;
        }
        lastNanos = now;
        try {
            queue.removeLoaded(time.instant().minus(retention));
        } catch (IOException e) {
            LOG.warn("Staged objects are not removed; the next attempt follows in {}", PAUSE, e);
        }
    }
}
