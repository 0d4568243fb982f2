package io.hydrant.jobs.delivery.staged;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what was put into tables and what waits. Called by the loading thread only. */
final class StagedTablesMetrics {

    private final Counter rows;
    private final Counter failures;
    private volatile int waiting;

    StagedTablesMetrics(MetricGroup group) {
        rows = group.counter("DeliveryToIceberg.SuccessfulRowCount");
        failures = group.counter("DeliveryToIceberg.FailedAttempts");
        group.gauge("objectsWaiting", () -> waiting);
    }

    void loaded(long count) {
        rows.inc(count);
    }

    void failed() {
        failures.inc();
    }

    void waiting(int objects) {
        waiting = objects;
    }
}
