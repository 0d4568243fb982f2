package io.hydrant.sql.kda.job;

import io.hydrant.core.retry.ExponentialBackoff;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between attempts; tests replace it. */
@FunctionalInterface
interface Attempts {

    /** That of this machine: longer from time to time, to 30 s. */
    Attempts ON_THE_CLOCK =
            failures ->
                    TimeUnit.MILLISECONDS.sleep(
                            new ExponentialBackoff(
                                            Duration.ofMillis(100), Duration.ofSeconds(30), 2, 0.2)
                                    .delay(failures, ThreadLocalRandom.current())
                                    .toMillis());

    /** Waits after so many failures in a row. */
    void pause(int failures) throws InterruptedException;
}
