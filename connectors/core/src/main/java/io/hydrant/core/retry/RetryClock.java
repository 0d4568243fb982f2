package io.hydrant.core.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time as retries see it; tests replace it, so that they need not wait. */
public interface RetryClock {

    /** The machine's own time. */
    RetryClock SYSTEM =
            new RetryClock() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration length) throws InterruptedException {
                    TimeUnit.NANOSECONDS.sleep(length.toNanos());
                }
            };

    /** Nanoseconds since some fixed point. */
    long nanoTime();

    /** Waits; an interrupt ends it. */
    void pause(Duration length) throws InterruptedException;
}
