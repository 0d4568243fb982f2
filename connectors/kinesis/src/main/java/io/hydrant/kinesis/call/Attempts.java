package io.hydrant.kinesis.call;

import io.hydrant.core.retry.ExponentialBackoff;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between attempts; tests replace it. */
@FunctionalInterface
public interface Attempts {

    /** That of this machine: longer from time to time, to 30 s. */
    Attempts ON_THE_CLOCK = between(Duration.ofMillis(100), Duration.ofSeconds(30));

    /** Waits after so many failures in a row. */
    void pause(int failures) throws InterruptedException;

    /**
     * Waits longer from time to time, on this machine's clock.
     *
     * @param first after the first failure
     * @param longest the longest pause
     */
    static Attempts between(Duration first, Duration longest) {
        ExponentialBackoff backoff = new ExponentialBackoff(first, longest, 2, 0.2);
        return failures ->
                TimeUnit.MILLISECONDS.sleep(
                        backoff.delay(failures, ThreadLocalRandom.current()).toMillis());
    }
}
