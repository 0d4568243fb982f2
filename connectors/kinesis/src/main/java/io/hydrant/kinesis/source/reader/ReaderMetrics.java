package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and gauges of one reader: Flink's standard ones that a source has to fill itself, and in
 * the group {@code KinesisStreamSource} those of Kinesis.
 *
 * <p>Thread-safe.
 */
final class ReaderMetrics {

    private final MetricGroup kinesis;
    private final Map<String, ShardGauges> shards = new ConcurrentHashMap<>();
    private final Counter getRecordsCalls;
    private final Counter throttledGetRecords;
    private final Counter throttledGetShardIterator;
    private final Counter expiredIterators;
    private final Counter troubledCalls;
    private final Counter deaggregatedRecords;
    private final Counter outOfRangeRecords;
    private final Counter lostPositions;
    private volatile long fetchLag = -1;

    ReaderMetrics(SourceReaderMetricGroup metricGroup) {
        this.kinesis = metricGroup.addGroup("KinesisStreamSource");
        this.getRecordsCalls = counter("getRecordsCalls");
        this.throttledGetRecords = counter("throttledGetRecords");
        this.throttledGetShardIterator = counter("throttledGetShardIterator");
        this.expiredIterators = counter("expiredIterators");
        this.troubledCalls = counter("failedCalls");
        this.deaggregatedRecords = counter("deaggregatedRecords");
        this.outOfRangeRecords = counter("outOfRangeRecords");
        this.lostPositions = counter("lostPositions");
        metricGroup.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, () -> fetchLag);
    }

    /** The group that the counters of Kinesis are in. */
    MetricGroup group() {
        return kinesis;
    }

    /** The shard is read from now on. */
    void add(KinesisShardSplit split) {
        shards.computeIfAbsent(
                split.splitId(),
                id ->
                        new ShardGauges(
                                kinesis.addGroup("accountId", split.stream().account())
                                        .addGroup("region", split.stream().region())
                                        .addGroup("stream", split.stream().stream())
                                        .addGroup("shardId", split.shardId())));
    }

    /** The shard is read no more, so its gauges go, or they would add up with every reshard. */
    void forget(String splitId) {
        ShardGauges gauges = shards.remove(splitId);
        if (gauges != null && gauges.group() instanceof AbstractMetricGroup<?> group) {
            group.close();
        }
    }

    void behind(String splitId, long millisBehindLatest) {
        ShardGauges gauges = shards.get(splitId);
        if (gauges != null) {
            gauges.millisBehindLatest(millisBehindLatest);
        }
    }

    void called() {
        getRecordsCalls.inc();
    }

    void throttled(boolean gettingRecords) {
        (gettingRecords ? throttledGetRecords : throttledGetShardIterator).inc();
    }

    void iteratorExpired() {
        expiredIterators.inc();
    }

    void troubled() {
        troubledCalls.inc();
    }

    void deaggregated(long records, long outOfRange) {
        deaggregatedRecords.inc(records);
        outOfRangeRecords.inc(outOfRange);
    }

    void positionLost() {
        lostPositions.inc();
    }

    void fetched(Envelope last) {
        fetchLag = System.currentTimeMillis() - last.arrivalMillis();
    }

    private Counter counter(String name) {
        return kinesis.counter(name, new ThreadSafeSimpleCounter());
    }
}
