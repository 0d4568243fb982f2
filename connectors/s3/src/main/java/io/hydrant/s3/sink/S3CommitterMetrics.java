package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what was delivered, under Firehose's names: {@code DeliveryToS3}, or {@code BackupToS3}
 * where the sink is the backup's; error objects count under {@code ErrorOutputToS3}.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch metrics". {@code Success} is the
 * share of attempts that worked, 1 before the first.
 */
final class S3CommitterMetrics {

    private final Counter records;
    private final Counter bytes;
    private final Counter objects;
    private final Counter errorRecords;
    private final Counter errorObjects;
    private volatile long delivered;
    private volatile long failed;

    S3CommitterMetrics(MetricGroup group, DeliveryRole role) {
        records = group.counter(role.metric("Records"));
        bytes = group.counter(role.metric("Bytes"));
        objects = group.counter(role.metric("ObjectCount"));
        errorRecords = group.counter("ErrorOutputToS3.Records");
        errorObjects = group.counter("ErrorOutputToS3.ObjectCount");
        group.gauge(role.metric("Success"), this::success);
    }

    /** Called by the task's thread only. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void delivered(S3Committable committable) {
        delivered++;
        if (committable.entry().kind() == EntryKind.ERROR) {
            errorRecords.inc(committable.entry().records());
            errorObjects.inc();
        } else {
            records.inc(committable.entry().records());
            bytes.inc(committable.entry().storedBytes());
            objects.inc();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void failed() {
        failed++;
    }

    double success() {
        long attempts = delivered + failed;
        return attempts == 0 ? 1 : (double) delivered / attempts;
    }
}
