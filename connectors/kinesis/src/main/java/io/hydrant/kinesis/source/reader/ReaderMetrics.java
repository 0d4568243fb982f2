package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.RecordPage;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Counts and gauges of one reader: Flink's standard ones that a source has to fill itself, and in
 * the group {@code KinesisStreamSource} those of Kinesis. Where Firehose or CloudWatch have a
 * metric, it bears their name.
 *
 * <p>Each shard has a group of its own while it is read, up to a number that reporters can bear;
 * shards beyond it count into the task's metrics only.
 *
 * <p>Thread-safe.
 */
final class ReaderMetrics {

    /** Shards of a task that have groups of their own, at the most. */
    static final int MAX_SHARD_GROUPS = 500;

    private final MetricGroup kinesis;
    private final Map<String, ShardMeter> shards = new ConcurrentHashMap<>();
    private final Counter getRecordsCalls;
    private final Counter throttledGetRecords;
    private final Counter throttledGetShardIterator;
    private final Counter firehoseThrottledGetRecords;
    private final Counter firehoseThrottledGetShardIterator;
    private final Counter expiredIterators;
    private final Counter troubledCalls;
    private final Counter deaggregatedRecords;
    private final Counter outOfRangeRecords;
    private final Counter duplicateRecords;
    private final Counter lostPositions;
    private final Counter bytes;
    private final Counter records;
    private int shardGroups;
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
        this.duplicateRecords = counter("duplicateRecords");
        this.lostPositions = counter("lostPositions");
        this.bytes = counter("DataReadFromKinesisStream.Bytes");
        this.records = counter("DataReadFromKinesisStream.Records");
        kinesis.gauge("maxMillisBehindLatest", () -> largest(ShardMeter::millisBehindLatest));
        // What Firehose has, too, a second time under its name; reporters bear no metric twice.
        kinesis.gauge("KinesisMillisBehindLatest", () -> largest(ShardMeter::millisBehindLatest));
        this.firehoseThrottledGetRecords = counter("ThrottledGetRecords");
        this.firehoseThrottledGetShardIterator = counter("ThrottledGetShardIterator");
        kinesis.gauge("GetRecords.IteratorAgeMilliseconds", () -> largest(ShardMeter::iteratorAge));
        metricGroup.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, () -> fetchLag);
    }

    /** The group that the counters of Kinesis are in. */
    MetricGroup group() {
        return kinesis;
    }

    /** The shard is read from now on. */
    synchronized void add(KinesisShardSplit split) {
        if (shards.containsKey(split.splitId())) {
            return;
        }
        MetricGroup group = null;
        if (shardGroups < MAX_SHARD_GROUPS) {
            shardGroups++;
            group =
                    kinesis.addGroup("accountId", split.stream().account())
                            .addGroup("region", split.stream().region())
                            .addGroup("stream", split.stream().stream())
                            .addGroup("shardId", split.shardId());
        }
        shards.put(split.splitId(), new ShardMeter(group));
    }

    /** The shard is read no more, so its group goes, or they would add up with every reshard. */
    synchronized void forget(String splitId) {
        ShardMeter meter = shards.remove(splitId);
        if (meter != null && meter.isReported()) {
            shardGroups--;
            meter.close();
        }
    }

    /**
     * A call returned.
     *
     * @param userRecords how many user records of the page go on
     */
    void read(String splitId, RecordPage page, int userRecords) {
        bytes.inc(page.bytes());
        records.inc(page.records().size());
        ShardMeter meter = shards.get(splitId);
        if (meter != null) {
            meter.read(page, userRecords, System.currentTimeMillis());
        }
    }

    /** The shard is left alone for so long, for the pace of its calls. */
    void sleeps(String splitId, long millis) {
        ShardMeter meter = shards.get(splitId);
        if (meter != null) {
            meter.sleeps(Math.max(0, millis));
        }
    }

    void called() {
        getRecordsCalls.inc();
    }

    void throttled(String splitId, boolean gettingRecords) {
        if (gettingRecords) {
            throttledGetRecords.inc();
            firehoseThrottledGetRecords.inc();
        } else {
            throttledGetShardIterator.inc();
            firehoseThrottledGetShardIterator.inc();
        }
        ShardMeter meter = shards.get(splitId);
        if (meter != null) {
            meter.throttled();
        }
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

    /** A record was left out because it is a copy. */
    void leftCopyOut() {
        duplicateRecords.inc();
    }

    void fetched(Envelope last) {
        fetchLag = System.currentTimeMillis() - last.arrivalMillis();
    }

    private long largest(ToLongFunction<ShardMeter> value) {
        return shards.values().stream().mapToLong(value).max().orElse(ShardMeter.UNKNOWN);
    }

    private Counter counter(String name) {
        return kinesis.counter(name, new ThreadSafeSimpleCounter());
    }
}
