package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.source.reader.SteppedClock;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    /** The same time for who asks a clock. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Only UTC is asked for");
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(SimulatedTime.this.millis());
            }
        };
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
