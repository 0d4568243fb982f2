package io.hydrant.delivery.transform;

import org.apache.flink.metrics.MetricGroup;

import java.util.Map;
import java.util.Objects;

/**
 * What a transform may know about where it runs.
 *
 * @param parameters what the option {@code delivery.transform.parameters} holds
 * @param subtask index of the parallel task, from 0
 * @param parallelism number of parallel tasks
 * @param metrics where the transform may register metrics of its own
 */
public record TransformContext(
        Map<String, String> parameters, int subtask, int parallelism, MetricGroup metrics) {

    /** Validates that nothing is missing. */
    public TransformContext {
        parameters = Map.copyOf(parameters);
        Objects.requireNonNull(metrics, "metrics");
    }
}
