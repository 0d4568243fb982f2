package io.hydrant.kinesis.source.reader;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The time by which readers pace their calls: the real one, or a simulation's. */
public interface ReaderTime {

    /** The time of the machine. */
    ReaderTime REAL =
            new ReaderTime() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public long currentMillis() {
                    return System.currentTimeMillis();
                }

                @Override
                public void await(Object monitor, long nanos) throws InterruptedException {
                    TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
                }

                @Override
                public RandomGenerator random() {
                    return ThreadLocalRandom.current();
                }
            };

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** As {@link System#currentTimeMillis()}. */
    long currentMillis();

    /**
     * Lets time pass; may return early.
     *
     * @param monitor held by the caller, and notified when there is a reason to return
     * @param nanos the longest time, {@link Long#MAX_VALUE} for any
     */
    void await(Object monitor, long nanos) throws InterruptedException;

    /** Where chance comes from that keeps readers from calling in step. */
    RandomGenerator random();
}
