package io.hydrant.iceberg.sink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time in which commits are repeated; tests have their own. */
interface CommitTime {

    /** The machine's own time. */
    CommitTime SYSTEM =
            new CommitTime() {
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
