package io.hydrant.localstack.bench.report;

import java.time.Duration;
import java.util.Arrays;

/**
 * How old records were when they became visible in the store.
 *
 * @param bufferInterval age at which an object is due
 * @param checkpointInterval time between checkpoints, behind which it becomes visible
 * @param recordsPerSecond that were put
 * @param records that were looked at
 * @param medianMillis age of the median record
 * @param p99Millis age that 99 of 100 records did not pass
 * @param mostMillis greatest age
 */
public record FreshnessResult(
        Duration bufferInterval,
        Duration checkpointInterval,
        int recordsPerSecond,
        long records,
        long medianMillis,
        long p99Millis,
        long mostMillis) {

    private static final Duration ALLOWANCE = Duration.ofSeconds(1);

    /**
     * The result of those ages, in any order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static FreshnessResult of(
            Duration bufferInterval,
            Duration checkpointInterval,
            int recordsPerSecond,
            long[] agesMillis) {
        if (agesMillis.length == 0) {
            throw new IllegalArgumentException("No record became visible");
        }
        long[] sorted = agesMillis.clone();
        Arrays.sort(sorted);
        return new FreshnessResult(
                bufferInterval,
                checkpointInterval,
                recordsPerSecond,
                sorted.length,
                sorted[(sorted.length - 1) / 2],
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
                sorted[sorted.length - 1]);
    }

    /** What the 99th percentile may be: both intervals and a second. */
    Duration target() {
        return bufferInterval.plus(checkpointInterval).plus(ALLOWANCE);
    }

    boolean isMet() {
        return p99Millis <= target().toMillis();
    }
}
