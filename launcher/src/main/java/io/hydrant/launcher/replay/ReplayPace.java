package io.hydrant.launcher.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a record is due, counted from the start of a replay.
 *
 * @param speedUp how many times faster than it happened; 0 when that does not count
 * @param recordsPerSecond how many records a second; 0 when that does not count
 */
public record ReplayPace(double speedUp, double recordsPerSecond) {

    /** No record waits. */
    public static final ReplayPace AS_FAST_AS_IT_GOES = new ReplayPace(0, 0);

    private static final double NANOS_PER_SECOND = 1e9;

    /** Validates that at most one of the two counts. */
    public ReplayPace {
        if (!(speedUp >= 0) || !(recordsPerSecond >= 0) || (speedUp > 0 && recordsPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "A pace is a speed-up or a rate above 0, but the speed-up is "
                            + speedUp
                            + " and the rate "
                            + recordsPerSecond);
        }
    }

    /**
     * As it happened, but faster.
     *
     * @param factor 3600 lets an hour pass in a second
     * @throws IllegalArgumentException when it is not above 0
     */
    public static ReplayPace spedUp(double factor) {
        return new ReplayPace(requirePositive("speed-up", factor), 0);
    }

    /**
     * Evenly, whenever it happened.
     *
     * @param recordsPerSecond records per second
     * @throws IllegalArgumentException when it is not above 0
     */
    public static ReplayPace rate(double recordsPerSecond) {
        return new ReplayPace(0, requirePositive("rate", recordsPerSecond));
    }

    private static double requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "The " + what + " must be a number above 0, but is " + value);
        }
        return value;
    }

    /**
     * When a record is due.
     *
     * @param index how many records came before it
     * @param first when the first record happened
     * @param event when this record happened
     * @return nanoseconds after the start of the replay
     */
    public long dueNanos(long index, Instant first, Instant event) {
        if (speedUp > 0) {
            // Past 292 years of nanoseconds a cast stays at the largest long, which is as good.
            return (long) (seconds(Duration.between(first, event)) / speedUp * NANOS_PER_SECOND);
        }
        if (recordsPerSecond > 0) {
            return (long) (index / recordsPerSecond * NANOS_PER_SECOND);
        }
        return 0;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }
}
