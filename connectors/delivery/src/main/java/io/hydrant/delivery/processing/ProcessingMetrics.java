package io.hydrant.delivery.processing;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * What the steps around the transform show of themselves, under Firehose's names: {@code
 * OutputDecompressedRecords.Success} and {@code .Failed}, {@code OutputDecompressedBytes.Success}
 * (after decompression) and {@code .Failed} (as they came), and {@code JQProcessing.Duration}, the
 * milliseconds that the query takes for a record, averaged over the last few that were timed.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch metrics". Belongs to the task's
 * thread; reporters read.
 */
public final class ProcessingMetrics {

    /** One record of so many is timed; asking for the time costs about as much as a plain path. */
    private static final int TIMED = 64;

    private static final double WEIGHT = 1.0 / 16;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Counter decompressedRecords;
    private final Counter decompressedBytes;
    private final Counter failedRecords;
    private final Counter failedBytes;
    private int queries;
    private volatile double queryMillis;

    /** Metrics in that group. */
    public ProcessingMetrics(MetricGroup group) {
        decompressedRecords = group.counter("OutputDecompressedRecords.Success");
        decompressedBytes = group.counter("OutputDecompressedBytes.Success");
        failedRecords = group.counter("OutputDecompressedRecords.Failed");
        failedBytes = group.counter("OutputDecompressedBytes.Failed");
        group.gauge("JQProcessing.Duration", () -> queryMillis);
    }

    /** Metrics that nobody sees. */
    static ProcessingMetrics unseen() {
        return new ProcessingMetrics(new UnregisteredMetricsGroup());
    }

    void decompressed(int bytes) {
        decompressedRecords.inc();
        decompressedBytes.inc(bytes);
    }

    void notDecompressed(int bytes) {
        failedRecords.inc();
        failedBytes.inc(bytes);
    }

    /** Whether the next query is to be timed; the first one is. */
    boolean timesNextQuery() {
        return queries++ % TIMED == 0;
    }

    void queried(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        queryMillis = queryMillis == 0 ? millis : queryMillis + WEIGHT * (millis - queryMillis);
    }
}
