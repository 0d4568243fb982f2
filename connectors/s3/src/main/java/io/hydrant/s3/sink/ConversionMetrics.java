package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what became of the records that were to be converted, a part of a record as one.
 *
 * <p>Source of the names {@code SucceedConversion.Records}, {@code SucceedConversion.Bytes}, {@code
 * FailedConversion.Records} and {@code FailedConversion.Bytes}, whose bytes are those of the
 * records before the conversion: Firehose developer guide, "Monitor with CloudWatch metrics".
 */
final class ConversionMetrics {

    private final Counter records;
    private final Counter bytes;
    private final Counter failedRecords;
    private final Counter failedBytes;

    ConversionMetrics(MetricGroup group) {
        records = group.counter("SucceedConversion.Records");
        bytes = group.counter("SucceedConversion.Bytes");
        failedRecords = group.counter("FailedConversion.Records");
        failedBytes = group.counter("FailedConversion.Bytes");
    }

    /**
     * Takes note of what the conversion said.
     *
     * @param given as it came; only one that was to be delivered was to be converted
     * @param judged the same, or a dead letter in its place
     */
    void converted(DeliveryRecord given, DeliveryRecord judged) {
        if (given.disposition() != Disposition.DELIVER) {
            return;
        }
        boolean failed = judged.disposition() == Disposition.DEAD_LETTER;
        (failed ? failedRecords : records).inc();
        (failed ? failedBytes : bytes).inc(given.envelope().payloadLength());
    }
}
