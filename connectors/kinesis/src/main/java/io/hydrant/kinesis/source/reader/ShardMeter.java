package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.RecordPage;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/** What is measured of one shard; written by the thread that reads it, read by reporters. */
final class ShardMeter {

    /** The lag of a shard that was not read yet. */
    static final long UNKNOWN = -1;

    private final MetricGroup group;
    private final Counter bytes = new ThreadSafeSimpleCounter();
    private final Counter records = new ThreadSafeSimpleCounter();
    private final Counter userRecords = new ThreadSafeSimpleCounter();
    private final Counter throttles = new ThreadSafeSimpleCounter();
    private final Counter sleepTimeMillis = new ThreadSafeSimpleCounter();
    private volatile long millisBehindLatest = UNKNOWN;
    private volatile long iteratorAge = UNKNOWN;

    /**
     * A meter of a shard.
     *
     * @param group where reporters find it, null for a meter that only counts into the task's
     */
    ShardMeter(MetricGroup group) {
        this.group = group;
        if (group != null) {
            group.gauge("millisBehindLatest", () -> millisBehindLatest);
            group.counter("bytes", bytes);
            group.counter("records", records);
            group.counter("userRecords", userRecords);
            group.counter("throttles", throttles);
            group.counter("sleepTimeMillis", sleepTimeMillis);
        }
    }

    boolean isReported() {
        return group != null;
    }

    void read(RecordPage page, int taken, long now) {
        millisBehindLatest = page.millisBehindLatest();
        bytes.inc(page.bytes());
        records.inc(page.records().size());
        userRecords.inc(taken);
        if (!page.records().isEmpty()) {
            Envelope last = page.records().get(page.records().size() - 1);
            iteratorAge = Math.max(0, now - last.arrivalMillis());
        } else if (page.isAtTip()) {
            iteratorAge = 0;
        }
    }

    void throttled() {
        throttles.inc();
    }

    void sleeps(long millis) {
        sleepTimeMillis.inc(millis);
    }

    long millisBehindLatest() {
        return millisBehindLatest;
    }

    long iteratorAge() {
        return iteratorAge;
    }

    /** Takes it away from the reporters. */
    void close() {
        if (group instanceof AbstractMetricGroup<?> closeable) {
            closeable.close();
        }
    }
}
