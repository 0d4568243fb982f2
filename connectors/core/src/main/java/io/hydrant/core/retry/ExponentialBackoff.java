package io.hydrant.core.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: {@code initial x multiplier^(attempt - 1)}, at the most
 * {@code max}, moved by up to {@code jitter} of itself either way so that tasks which failed
 * together do not come back together.
 *
 * @param initial wait before the second attempt
 * @param max longest wait before jitter
 * @param multiplier growth from attempt to attempt, at least 1
 * @param jitter share of the wait by which it may differ, 0 to 1
 */
public record ExponentialBackoff(Duration initial, Duration max, double multiplier, double jitter)
        implements Serializable {

    /** Validates ranges. */
    public ExponentialBackoff {
        if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "Need 0 < initial <= max, but initial is " + initial + ", max " + max);
        }
        if (!(multiplier >= 1)) {
            throw new IllegalArgumentException(
                    "multiplier must be at least 1, but is " + multiplier);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be from 0 to 1, but is " + jitter);
        }
    }

    /**
     * The wait after a failed attempt.
     *
     * @param failures attempts that failed in a row, at least 1
     * @param random source of the jitter
     */
    public Duration delay(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures must be at least 1, but is " + failures);
        }
        double millis =
                Math.min(
                        (double) max.toMillis(),
                        initial.toMillis() * Math.pow(multiplier, failures - 1.0));
        double shift = jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(millis * (1 + shift))));
    }
}
