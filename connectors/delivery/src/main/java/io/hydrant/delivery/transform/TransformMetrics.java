package io.hydrant.delivery.transform;

import io.hydrant.delivery.DeliveryRecord;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;

/**
 * Counts what leaves the transform and hands it on: {@code SucceedProcessing.Records} and {@code
 * .Bytes} under Firehose's names, and {@code DroppedProcessing.Records} and {@code
 * FailedProcessing.Records} in its manner.
 */
final class TransformMetrics implements Collector<DeliveryRecord> {

    private final Collector<DeliveryRecord> out;
    private final Counter succeeded;
    private final Counter succeededBytes;
    private final Counter dropped;
    private final Counter failed;

    TransformMetrics(MetricGroup metrics, Collector<DeliveryRecord> out) {
        this.out = out;
        this.succeeded = metrics.counter("SucceedProcessing.Records");
        this.succeededBytes = metrics.counter("SucceedProcessing.Bytes");
        this.dropped = metrics.counter("DroppedProcessing.Records");
        this.failed = metrics.counter("FailedProcessing.Records");
    }

    @Override
    public void collect(DeliveryRecord record) {
        switch (record.disposition()) {
            case DELIVER -> {
                succeeded.inc();
                succeededBytes.inc(record.envelope().payloadLength());
            }
            case DROP -> dropped.inc();
            case DEAD_LETTER -> failed.inc();
            case LOST, BEGUN -> {
                // No records.
            }
        }
        out.collect(record);
    }

    @Override
    public void close() {
        out.close();
    }
}
