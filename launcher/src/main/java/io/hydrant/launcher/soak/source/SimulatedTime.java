package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.reader.SteppedClock;

import java.util.Random;
import java.util.random.RandomGenerator;

/** One clock for streams and readers; it moves when somebody waits, and with every record. */
final class SimulatedTime implements SteppedClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BEGINNING_MILLIS = 1_700_000_000_000L;

    private final Random random;
    private long nanos;

    SimulatedTime(Random random) {
        this.random = random;
    }

    /** Milliseconds since the epoch. */
    long millis() {
        return BEGINNING_MILLIS + nanos / NANOS_PER_MILLI;
    }

    @Override
    public long currentMillis() {
        return millis();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pass(long nanosPassed) {
        nanos += nanosPassed;
    }

    void passMilli() {
        pass(NANOS_PER_MILLI);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
