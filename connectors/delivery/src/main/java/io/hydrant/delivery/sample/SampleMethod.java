package io.hydrant.delivery.sample;

/** Which of the records of a key and interval are delivered. */
public enum SampleMethod {
    /** The one with the latest time; of several with the same time the one that was read last. */
    LAST,
    /** The one that is read first, as soon as it is. */
    FIRST,
    /**
     * The last one with the averages of its numbers over all records of the interval that have
     * them.
     */
    AVERAGE,
    /** The first one and every N-th behind it, as soon as they are read. */
    ONE_IN_N;

    /** Whether what is delivered is known only when the interval is over. */
    boolean waitsForEnd() {
        return this == LAST || this == AVERAGE;
    }
}
