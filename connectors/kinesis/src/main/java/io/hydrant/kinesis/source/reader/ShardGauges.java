package io.hydrant.kinesis.source.reader;

import org.apache.flink.metrics.MetricGroup;

/** The gauges of one shard; written by the thread that reads it, read by reporters. */
final class ShardGauges {

    private final MetricGroup group;
    private volatile long millisBehindLatest = -1;

    ShardGauges(MetricGroup group) {
        this.group = group;
        group.gauge("millisBehindLatest", () -> millisBehindLatest);
    }

    void millisBehindLatest(long value) {
        millisBehindLatest = value;
    }

    MetricGroup group() {
        return group;
    }
}
