package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Iterators that return records which were read before. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OldRecordsTest {

    private final FakeStream stream = FakeStream.create(1);
    private final String shard = stream.shardIds().get(0);

    @ParameterizedTest
    @CsvSource({
        // first record of the page, position, whole record?, records left of 98 99 100 101
        "100, true, 1",
        "100, false, 2",
        "97, true, 4",
        "101, true, 0",
        "1000, true, 0",
        "9, true, 4",
    })
    void leavesOutWhatIsNotBehindThePosition(String last, boolean whole, int left) {
        List<Envelope> page = new ArrayList<>();
        for (int sequence = 98; sequence <= 101; sequence++) {
            page.add(
                    new Envelope(
                            "stream",
                            shard,
                            String.valueOf(sequence),
                            0,
                            "key",
                            0,
                            new byte[1],
                            0,
                            1));
        }
        Position position = new Position.Behind(last, whole ? ShardCursor.WHOLE_RECORD : 3);

        assertThat(OldRecords.without(page, position)).isEqualTo(page.subList(4 - left, 4));
        assertThat(OldRecords.without(page, new Position.TrimHorizon())).isSameAs(page);
    }

    @Test
    void emitsNothingTwiceWhenAPageBeginsWithTheOneBefore() {
        put("a");
        put("b");
        put("c");

        assertThat(read(new Position.TrimHorizon(), 3)).containsExactly("a", "b", "c");
    }

    @Test
    void goesOnBehindThePositionWhenAnIteratorBeginsBeforeIt() {
        put("a");
        put("b");
        String last = put("c");
        put("d");

        assertThat(read(new Position.Behind(last, 0), 1)).containsExactly("d");
    }

    @Test
    void goesOnInsideAnAggregateWhenAnIteratorBeginsBeforeIt() {
        put("a");
        KplAggregator aggregator = new KplAggregator(1_000);
        for (String text : List.of("b", "c", "d")) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, data, 0, data.length)).isTrue();
        }
        String aggregate = stream.putInto(shard, "key", aggregator.build().data()).sequence();

        assertThat(read(new Position.Behind(aggregate, 1), 1)).containsExactly("d");
    }

    private String put(String text) {
        return stream.putInto(shard, "key", text.getBytes(StandardCharsets.UTF_8)).sequence();
    }

    private List<String> read(Position position, int count) {
        PollingShardReader reader =
                new PollingShardReader(
                        new GoingBack(stream.api()),
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.shard.get-records.interval",
                                                "1 ms",
                                                "source.shard.get-records.max-record-count",
                                                "2"))),
                        new ReaderMetrics(UnregisteredMetricsGroup.createSourceReaderMetricGroup()),
                        new BatchPermits(100),
                        new ReadThrough(),
                        new CurrentStamp(),
                        new Retentions(stream.api(), ReaderTime.REAL),
                        ReaderTime.REAL);
        reader.handleSplitsChanges(
                new SplitsAddition<>(
                        List.of(
                                new KinesisShardSplit(
                                        stream.arn(), shard, HashKeyRange.ALL, position))));
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            RecordsWithSplitIds<Envelope> batch = reader.fetch();
            while (batch.nextSplit() != null) {
                for (Envelope record = batch.nextRecordFromSplit();
                        record != null;
                        record = batch.nextRecordFromSplit()) {
                    texts.add(new String(record.payloadCopy(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    /** Begins each page with records before it. */
    private static final class GoingBack implements StreamApi {

        private final StreamApi api;
        private final List<Envelope> before = new ArrayList<>();

        GoingBack(StreamApi api) {
            this.api = api;
        }

        @Override
        public ShardListing listShards(StreamArn of, ShardSelection selection) {
            return api.listShards(of, selection);
        }

        @Override
        public String shardIterator(StreamArn of, String shardId, Position position) {
            if (position instanceof Position.Behind behind) {
                String oldest = api.shardIterator(of, shardId, new Position.TrimHorizon());
                for (Envelope record : api.getRecords(of, shardId, oldest, 100).records()) {
                    if (OldRecords.isBefore(record.sequence(), behind.sequence())) {
                        before.add(record);
                    }
                }
            }
            return api.shardIterator(of, shardId, position);
        }

        @Override
        public RecordPage getRecords(StreamArn of, String shardId, String iterator, int limit) {
            RecordPage page = api.getRecords(of, shardId, iterator, limit);
            List<Envelope> records = new ArrayList<>(before);
            records.addAll(page.records());
            before.clear();
            before.addAll(page.records());
            return new RecordPage(
                    records,
                    page.bytes(),
                    page.nextIterator(),
                    page.millisBehindLatest(),
                    page.serverTime());
        }

        @Override
        public void close() {
            api.close();
        }
    }
}
