package io.hydrant.kinesis.source.reader;

import java.util.random.RandomGenerator;

/** The time and the chance of a simulation. */
public interface SteppedClock {

    /** Nanoseconds since any moment. */
    long nanoTime();

    /** Milliseconds since the epoch. */
    long currentMillis();

    /** Lets so much time pass. */
    void pass(long nanos);

    /** Where chance comes from. */
    RandomGenerator random();
}
