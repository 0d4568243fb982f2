package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.SizeHint;
import io.hydrant.delivery.ledger.EntryKind;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

import java.util.Collection;

/**
 * What a writer shows of itself: how old the oldest record inside is, how many objects are open,
 * how much memory they take, and how many ended early because of it.
 *
 * <p>Source of the name {@code DeliveryToS3.DataFreshness}: Firehose developer guide, "Monitor with
 * CloudWatch metrics": the age in seconds of the oldest record that was not delivered yet.
 */
final class S3WriterMetrics {

    private static final long NONE = Long.MAX_VALUE;

    private final MetricGroup group;
    private final String freshness;
    private final Counter rolledEarly;
    private final Counter partitionedBytes = new SimpleCounter();

    /** Written by the subtask's thread, read by reporters. */
    private volatile long oldestInsideMillis = NONE;

    S3WriterMetrics(MetricGroup group, DeliveryRole role) {
        this.group = group;
        this.freshness = role.metric("DataFreshness");
        this.rolledEarly = group.counter("objectsRolledEarly");
    }

    void observe(OpenObjects open, MemoryBudget budget, SizeHint size, ProcessingTimeService time) {
        group.gauge("bufferSizeHint", size::bytes);
        group.gauge("openObjects", open::count);
        group.gauge("bufferMemoryUsed", budget::held);
        group.gauge("bufferMemoryPeak", budget::peak);
        group.gauge("PartitionCount", open::partitions);
        // There is no limit that could be exceeded; alarms that watch it go on working.
        group.gauge("PartitionCountExceeded", () -> 0);
        MeterView throughput =
                group.meter("partitionedBytesPerSecond", new MeterView(partitionedBytes));
        group.gauge(
                "PerPartitionThroughput",
                () -> throughput.getRate() / Math.max(1, open.partitions()));
        group.gauge(
                freshness, () -> ageSeconds(oldestInsideMillis, time.getCurrentProcessingTime()));
    }

    /** What counts conversions; registered where there are some. */
    ConversionMetrics conversions() {
        return new ConversionMetrics(group);
    }

    /** A record of a partition was taken in. */
    void partitioned(int bytes) {
        partitionedBytes.inc(bytes);
    }

    void rolledEarly(int objects) {
        rolledEarly.inc(objects);
    }

    void sawRecordFrom(long arrivalMillis) {
        if (arrivalMillis < oldestInsideMillis) {
            oldestInsideMillis = arrivalMillis;
        }
    }

    /**
     * Looks at everything inside. At a checkpoint: what was handed over is inside until the
     * committer has committed it.
     */
    void countOldest(
            Collection<S3Committable> committables,
            Collection<RolledObject> rolled,
            Collection<OpenObject> open) {
        long oldest = NONE;
        for (S3Committable committable : committables) {
            EntryKind kind = committable.entry().kind();
            if (kind == EntryKind.LOST || kind == EntryKind.BEGUN) {
                continue; // nothing that would ever be delivered
            }
            oldest = Math.min(oldest, committable.entry().oldestArrivalMillis());
        }
        for (RolledObject object : rolled) {
            oldest = Math.min(oldest, object.entry().oldestArrivalMillis());
        }
        for (OpenObject object : open) {
            oldest = Math.min(oldest, object.buffer.tally().oldestArrivalMillis());
        }
        oldestInsideMillis = oldest;
    }

    static long ageSeconds(long oldestMillis, long nowMillis) {
        return oldestMillis == NONE ? 0 : Math.max(0, (nowMillis - oldestMillis) / 1000);
    }
}
