package io.hydrant.kinesis.sink;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one writer has put, beside Flink's own metrics of a sink: in the group {@code
 * KinesisStreamSink} under the names of the Kinesis Producer Library, so that its dashboards go on.
 *
 * <p>Source: Kinesis Data Streams developer guide, "Monitor the KPL with Amazon CloudWatch".
 */
final class SinkMetrics extends PutCounters {

    /** Values that a histogram looks back on. */
    private static final int WINDOW = 1_000;

    final LongAdder received = new LongAdder();
    final LongAdder rejected = new LongAdder();
    private final MetricGroup kinesis;
    private final Histogram bufferingTime;
    private final Histogram requestTime;

    SinkMetrics(MetricGroup metrics) {
        metrics.gauge("putCalls", calls::sum);
        metrics.gauge("putKinesisRecords", kinesisRecords::sum);
        metrics.gauge("putRetriedRecords", retriedRecords::sum);
        metrics.gauge("putThrottledRecords", throttledRecords::sum);
        metrics.gauge("rejectedRecords", rejected::sum);
        kinesis = metrics.addGroup("KinesisStreamSink");
        kinesis.gauge("UserRecordsReceived", received::sum);
        kinesis.gauge("UserRecordsPending", () -> received.sum() - records.sum());
        kinesis.gauge("UserRecordsPut", records::sum);
        kinesis.gauge("UserRecordsDataPut", bytes::sum);
        kinesis.gauge("KinesisRecordsPut", kinesisRecords::sum);
        kinesis.gauge("KinesisRecordsDataPut", kinesisBytes::sum);
        kinesis.gauge("UserRecordsPerKinesisRecord", () -> ratio(records, kinesisRecords));
        kinesis.gauge("RetriesPerRecord", () -> ratio(retriedRecords, records));
        kinesis.gauge("AllErrors", allErrors::sum);
        bufferingTime = kinesis.histogram("BufferingTime", histogram());
        requestTime = kinesis.histogram("RequestTime", histogram());
    }

    @Override
    void waited(long millis) {
        bufferingTime.update(millis);
    }

    @Override
    void requestTook(long millis) {
        requestTime.update(millis);
    }

    @Override
    void firstError(String code, LongAdder count) {
        kinesis.addGroup("ErrorCode", code).gauge("ErrorsByCode", count::sum);
    }

    private static Histogram histogram() {
        return new DescriptiveStatisticsHistogram(WINDOW);
    }

    private static double ratio(LongAdder part, LongAdder whole) {
        long all = whole.sum();
        return all == 0 ? 0 : (double) part.sum() / all;
    }
}
