package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderMetricsTest {

    private static final StreamArn STREAM =
            new StreamArn("aws", "eu-west-1", "123456789012", "orders");

    private final MetricListener listener = new MetricListener();
    private final ReaderMetrics metrics =
            new ReaderMetrics(InternalSourceReaderMetricGroup.mock(listener.getMetricGroup()));

    @Test
    void countsWhatAShardGives() {
        metrics.add(split(1));
        metrics.read(id(1), page(2, 300, 1_500), 20);
        metrics.read(id(1), page(1, 50, 700), 1);
        metrics.throttled(id(1), true);
        metrics.throttled(id(1), false);
        metrics.sleeps(id(1), 200);
        metrics.sleeps(id(1), -5);

        assertThat(ofShard(1, "millisBehindLatest")).isEqualTo(700L);
        assertThat(ofShard(1, "bytes")).isEqualTo(350L);
        assertThat(ofShard(1, "records")).isEqualTo(3L);
        assertThat(ofShard(1, "userRecords")).isEqualTo(21L);
        assertThat(ofShard(1, "throttles")).isEqualTo(2L);
        assertThat(ofShard(1, "sleepTimeMillis")).isEqualTo(200L);
    }

    @Test
    void sumsUpWhatTheTaskReads() {
        metrics.add(split(1));
        metrics.add(split(2));
        metrics.read(id(1), page(2, 300, 1_500), 20);
        metrics.read(id(2), page(1, 50, 700), 1);
        metrics.throttled(id(1), true);
        metrics.throttled(id(2), false);

        assertThat(ofTask("DataReadFromKinesisStream.Bytes")).isEqualTo(350L);
        assertThat(ofTask("DataReadFromKinesisStream.Records")).isEqualTo(3L);
        assertThat(ofTask("throttledGetRecords")).isEqualTo(1L);
        assertThat(ofTask("ThrottledGetRecords")).isEqualTo(1L);
        assertThat(ofTask("ThrottledGetShardIterator")).isEqualTo(1L);
        assertThat(ofTask("KinesisMillisBehindLatest")).isEqualTo(1_500L);
        assertThat(ofTask("throttledGetShardIterator")).isEqualTo(1L);
        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(1_500L);
    }

    @Test
    void tellsTheLagOfTheShardThatIsFurthestBehindAmongThoseThatItReads() {
        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(-1L);
        metrics.add(split(1));
        metrics.add(split(2));
        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(-1L);
        metrics.read(id(1), page(1, 1, 9_000), 1);
        metrics.read(id(2), page(1, 1, 5), 1);
        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(9_000L);

        metrics.forget(id(1));

        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(5L);
    }

    @Test
    void tellsTheAgeOfTheLastRecordReadUntilNothingIsLeft() {
        metrics.add(split(1));
        long hourAgo = System.currentTimeMillis() - 3_600_000;
        metrics.read(id(1), new RecordPage(List.of(record(hourAgo)), 1, "next", 0), 1);
        assertThat((Long) ofTask("GetRecords.IteratorAgeMilliseconds"))
                .isGreaterThanOrEqualTo(3_600_000L);

        metrics.read(id(1), new RecordPage(List.of(), 0, "next", 8), 0);
        assertThat((Long) ofTask("GetRecords.IteratorAgeMilliseconds"))
                .isGreaterThanOrEqualTo(3_600_000L);
        metrics.read(id(1), new RecordPage(List.of(), 0, "next", 0), 0);

        assertThat(ofTask("GetRecords.IteratorAgeMilliseconds")).isEqualTo(0L);
    }

    @Test
    void hasAGroupForNoMoreShardsThanReportersBear() {
        for (int i = 0; i <= ReaderMetrics.MAX_SHARD_GROUPS; i++) {
            metrics.add(split(i));
        }
        int last = ReaderMetrics.MAX_SHARD_GROUPS;
        metrics.read(id(last), page(1, 7, 9_000), 1);

        assertThat(ofShard(last - 1, "bytes")).isEqualTo(0L);
        assertThat(ofShard(last, "bytes")).isNull();
        assertThat(ofTask("maxMillisBehindLatest")).isEqualTo(9_000L);
        assertThat(ofTask("DataReadFromKinesisStream.Bytes")).isEqualTo(7L);

        metrics.forget(id(last));
        metrics.forget(id(0));
        metrics.add(split(last + 1));
        metrics.add(split(last + 2));
        assertThat(ofShard(last + 1, "bytes")).isEqualTo(0L);
        assertThat(ofShard(last + 2, "bytes")).isNull();
    }

    private Object ofTask(String name) {
        return value("KinesisStreamSource", name);
    }

    private Object ofShard(int shard, String name) {
        return value(
                "KinesisStreamSource",
                "accountId",
                "123456789012",
                "region",
                "eu-west-1",
                "stream",
                "orders",
                "shardId",
                shardId(shard),
                name);
    }

    private Object value(String... path) {
        Metric metric = listener.getMetric(Metric.class, path).orElse(null);
        if (metric instanceof Gauge<?> gauge) {
            return gauge.getValue();
        }
        return metric instanceof Counter counter ? counter.getCount() : null;
    }

    private static RecordPage page(int records, long bytes, long behind) {
        List<Envelope> page = Collections.nCopies(records, record(System.currentTimeMillis()));
        return new RecordPage(page, bytes, "next", behind);
    }

    private static Envelope record(long arrival) {
        return new Envelope("orders", "shard", "1", 0, "key", arrival, new byte[0], 0, 0);
    }

    private static KinesisShardSplit split(int shard) {
        return new KinesisShardSplit(
                STREAM, shardId(shard), HashKeyRange.ALL, new Position.TrimHorizon());
    }

    private static String shardId(int shard) {
        return String.format("shardId-%012d", shard);
    }

    private static String id(int shard) {
        return split(shard).splitId();
    }
}
