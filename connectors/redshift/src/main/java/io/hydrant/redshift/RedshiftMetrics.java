package io.hydrant.redshift;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.List;

/**
 * Counts what was loaded, under Firehose's names.
 *
 * <p>Source: Firehose developer guide, "Monitor with CloudWatch metrics". {@code Success} is the
 * share of attempts that worked, 1 before the first. Called by the loading thread only.
 */
final class RedshiftMetrics {

    private final Counter records;
    private final Counter bytes;
    private final Counter leftOut;
    private volatile long succeeded;
    private volatile long failed;
    private volatile int waiting;

    RedshiftMetrics(MetricGroup group) {
        records = group.counter("DeliveryToRedshift.Records");
        bytes = group.counter("DeliveryToRedshift.Bytes");
        leftOut = group.counter("recordsLeftOut");
        group.gauge("DeliveryToRedshift.Success", this::success);
        group.gauge("loadsWaiting", () -> waiting);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void loaded(List<StagedFile> files) {
        succeeded++;
        records.inc(files.stream().mapToLong(StagedFile::records).sum());
        bytes.inc(files.stream().mapToLong(StagedFile::storedBytes).sum());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void failed() {
        failed++;
    }

    void leftOut(long count) {
        leftOut.inc(count);
    }

    void waiting(int loads) {
        waiting = loads;
    }

    double success() {
        long attempts = succeeded + failed;
        return attempts == 0 ? 1 : (double) succeeded / attempts;
    }
}
