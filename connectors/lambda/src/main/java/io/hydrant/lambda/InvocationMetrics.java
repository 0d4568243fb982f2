package io.hydrant.lambda;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

import java.time.Duration;

/**
 * {@code ExecuteProcessing.Duration}, milliseconds of each invocation, and {@code
 * ExecuteProcessing.Success}, the share of those that the function answered, 0 to 1; both under
 * Firehose's names. Several threads tell it at once.
 */
final class InvocationMetrics {

    /** Invocations that the histogram looks back on. */
    private static final int WINDOW = 1_000;

    private final Histogram durations;
    private long invocations;
    private long answered;

    InvocationMetrics(MetricGroup group) {
        this.durations =
                group.histogram(
                        "ExecuteProcessing.Duration", new DescriptiveStatisticsHistogram(WINDOW));
        group.gauge("ExecuteProcessing.Success", this::success);
        group.gauge("lambdaInvocations", this::invocations);
    }

    synchronized void invoked(Duration length, boolean wasAnswered) {
        durations.update(length.toMillis());
        invocations++;
        answered += wasAnswered ? 1 : 0;
    }

    private synchronized double success() {
        return invocations == 0 ? 1 : (double) answered / invocations;
    }

    private synchronized long invocations() {
        return invocations;
    }
}
