package io.hydrant.localstack.bench.report;

import java.time.Duration;
import java.util.Arrays;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/**
 * How old a record was when what followed from it could be seen.
 *
 * @param what that was watched
 * @param perSecond records that were put
 * @param watched results that were looked at
 * @param median age of the median one
 * @param p99 age that 99 of 100 did not pass
 * @param most greatest age
 */
public record LatencyResult(
        String what, int perSecond, long watched, Duration median, Duration p99, Duration most) {

    /**
     * The result of those ages, in any order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static LatencyResult of(String what, int perSecond, long[] agesMillis) {
        if (agesMillis.length == 0) {
            throw new IllegalArgumentException("No result became visible: " + what);
        }
        long[] sorted = agesMillis.clone();
        Arrays.sort(sorted);
        return new LatencyResult(
                what,
                perSecond,
                sorted.length,
                Duration.ofMillis(sorted[(sorted.length - 1) / 2]),
                Duration.ofMillis(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]),
                Duration.ofMillis(sorted[sorted.length - 1]));
    }

    String sentence() {
        return text(
                "With %,d bids a second, %s came %d ms after the arrival of the bid in the median, %d ms at p99, %,d ms at the most (%,d rows).",
                perSecond, what, median.toMillis(), p99.toMillis(), most.toMillis(), watched);
    }
}
