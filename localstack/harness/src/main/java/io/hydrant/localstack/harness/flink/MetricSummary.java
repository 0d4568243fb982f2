package io.hydrant.localstack.harness.flink;

/**
 * What the subtasks of a job report under some metrics.
 *
 * @param count how many metrics were found, each counted once whatever its parallelism
 * @param sum over all subtasks of all of them; 0 when none was found
 * @param max the largest of a subtask; 0 when none was found
 */
public record MetricSummary(int count, double sum, double max) {

    /** Nothing was found yet. */
    static final MetricSummary NONE = new MetricSummary(0, 0, 0);

    MetricSummary plus(double moreSum, double otherMax) {
        return new MetricSummary(
                count + 1, sum + moreSum, count == 0 ? otherMax : Math.max(max, otherMax));
    }
}
