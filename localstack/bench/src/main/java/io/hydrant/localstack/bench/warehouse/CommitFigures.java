package io.hydrant.localstack.bench.warehouse;

import java.util.Arrays;
import java.util.List;

/**
 * What came of committing at an interval.
 *
 * @param intervalSeconds time between two commits
 * @param rowsPerSecond rows that arrived
 * @param commits commits that were looked at
 * @param filesPerLoad files that one load or commit of the table takes
 * @param loadsPerHour loads or commits of the table in an hour
 * @param medianSeconds age of the median row when a query sees it
 * @param p99Seconds age that 99 of 100 rows do not pass
 * @param mostSeconds greatest age
 */
public record CommitFigures(
        int intervalSeconds,
        int rowsPerSecond,
        int commits,
        double filesPerLoad,
        double loadsPerHour,
        double medianSeconds,
        double p99Seconds,
        double mostSeconds) {

    /** What a row may be older than the interval. */
    private static final double ALLOWANCE_SECONDS = 2;

    /** Rows of a commit whose ages are looked at, evenly over the interval. */
    private static final int SAMPLES = 1000;

    /** Several of them, as they are handed on. */
    public record All(List<CommitFigures> intervals) {}

    /**
     * Figures of rows that arrive evenly while nobody waits for them.
     *
     * @param lagSeconds time from the end of each interval to the moment when a query sees its rows
     * @param files files of all loads
     * @param loads loads of these commits
     */
    static CommitFigures of(
            int intervalSeconds, int rowsPerSecond, double[] lagSeconds, long files, long loads) {
        double[] ages = new double[lagSeconds.length * SAMPLES];
        for (int i = 0; i < ages.length; i++) {
            double beforeTheEnd = intervalSeconds * (i % SAMPLES + 0.5) / SAMPLES;
            ages[i] = beforeTheEnd + lagSeconds[i / SAMPLES];
        }
        Arrays.sort(ages);
        return new CommitFigures(
                intervalSeconds,
                rowsPerSecond,
                lagSeconds.length,
                (double) files / loads,
                3600.0 / intervalSeconds * loads / lagSeconds.length,
                ages[(ages.length - 1) / 2],
                ages[(int) Math.ceil(ages.length * 0.99) - 1],
                ages[ages.length - 1]);
    }

    /** What the 99th percentile may be. */
    public double targetSeconds() {
        return intervalSeconds + ALLOWANCE_SECONDS;
    }

    /** Whether it is no more. */
    public boolean meetsTarget() {
        return p99Seconds <= targetSeconds();
    }
}
