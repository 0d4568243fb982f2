package io.hydrant.kinesis.stream;

import java.time.Duration;

/**
 * How long what the service has taken in may stay out of sight of readers.
 *
 * <p>Source: Kinesis Data Streams developer guide, which puts the delay from put to get below one
 * second; twice that is allowed for.
 */
public final class Propagation {

    private static final long LONGEST_MILLIS = Duration.ofSeconds(2).toMillis();

    private Propagation() {}

    /**
     * Whether an answer shows everything that arrived before a time.
     *
     * @param end the time, in milliseconds since the epoch
     * @param answered when the service answered, in milliseconds since the epoch
     */
    public static boolean isOver(long end, long answered) {
        return answered - LONGEST_MILLIS >= end;
    }
}
