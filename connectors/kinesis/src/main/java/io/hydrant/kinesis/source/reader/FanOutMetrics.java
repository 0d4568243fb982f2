package io.hydrant.kinesis.source.reader;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * Counts what happens to the subscriptions of one reader.
 *
 * <p>Thread-safe.
 */
final class FanOutMetrics {

    private final Counter calls;
    private final Counter events;
    private final Counter renewals;
    private final Counter breaks;
    private final Counter throttled;

    FanOutMetrics(MetricGroup kinesis) {
        this.calls = kinesis.counter("subscribeToShardCalls", new ThreadSafeSimpleCounter());
        this.events = kinesis.counter("subscriptionEvents", new ThreadSafeSimpleCounter());
        this.renewals = kinesis.counter("renewedSubscriptions", new ThreadSafeSimpleCounter());
        this.breaks = kinesis.counter("brokenSubscriptions", new ThreadSafeSimpleCounter());
        this.throttled =
                kinesis.counter("throttledSubscribeToShard", new ThreadSafeSimpleCounter());
    }

    void called() {
        calls.inc();
    }

    void received() {
        events.inc();
    }

    void renewed() {
        renewals.inc();
    }

    void broken() {
        breaks.inc();
    }

    void throttled() {
        throttled.inc();
    }
}
