package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.event.ShardLeftEvent;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies of stamped records, in the order and the pieces in which retries leave them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeduplicationTest {

    private final FakeStream stream = FakeStream.create(1);
    private final List<KinesisSourceReader> opened = new ArrayList<>();
    private final CollectingOutput output = new CollectingOutput();

    @AfterEach
    void close() throws Exception {
        for (KinesisSourceReader reader : opened) {
            reader.close();
        }
    }

    @Test
    void leavesOutCopiesWhereverTheyArePacked() throws Exception {
        put(0, 1, 2);
        put(2, 3);
        put(1);
        put(0, 4, 3);
        KinesisSourceReader reader = open("true", split());

        pollUntilCount(reader, 5);
        plain("the end");
        pollUntilCount(reader, 6);

        assertThat(payloads()).containsExactly("0", "1", "2", "3", "4", "the end");
        assertThat(output.records())
                .extracting(Envelope::subSequence)
                .as("places in the aggregates stay as they are")
                .containsExactly(0L, 1L, 2L, 1L, 1L, 0L);
    }

    @Test
    void knowsTheCopiesOfWhatWasEmittedBeforeARestore() throws Exception {
        put(0, 1, 2, 3);
        KinesisSourceReader first = open("true", split());
        pollUntilCount(first, 2);
        KinesisShardSplit state = first.snapshotState(1).get(0);
        put(3, 1, 4);
        put(2, 0, 5);

        KinesisSourceReader second = open("true", state);
        pollUntilCount(second, 6);

        assertThat(payloads()).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(state.producers().producers()).hasSize(1);
    }

    @Test
    void knowsTheCopiesOfTheParentInTheChildrenOfASplit() throws Exception {
        put(0, 1, 2);
        FakeReaderContext context = new FakeReaderContext();
        KinesisSourceReader parents = open("true", split(), context);
        pollUntilCount(parents, 3);
        List<String> children = stream.split(split().shardId());
        put(2, 3);
        while (context.sent().size() < 3) {
            parents.pollNext(output);
        }
        Inheritance left = ((ShardLeftEvent) context.sent().get(1)).left();
        String child =
                children.stream().filter(id -> stream.held(id) > 0).findFirst().orElseThrow();
        KinesisShardSplit heir =
                new KinesisShardSplit(
                                stream.arn(),
                                child,
                                stream.shard(child).hashKeys(),
                                new Position.TrimHorizon())
                        .inheriting(left);

        pollUntilCount(open("true", heir), 4);

        assertThat(payloads()).containsExactly("0", "1", "2", "3");
    }

    @Test
    void comesBackBehindACopyThatWasTheLastRead() throws Exception {
        put(0, 1);
        put(1);
        plain("mark");
        KinesisSourceReader first = open("true", split());
        pollUntilCount(first, 3);
        KinesisShardSplit state = first.snapshotState(1).get(0);
        put(0);
        put(2);

        pollUntilCount(open("true", state), 4);

        assertThat(payloads()).containsExactly("0", "1", "mark", "2");
    }

    @Test
    void letsCopiesStayUnlessToldOtherwise() throws Exception {
        put(0, 1);
        put(1);
        KinesisSourceReader reader = open("false", split());

        pollUntilCount(reader, 3);

        assertThat(payloads()).containsExactly("0", "1", "1");
        assertThat(reader.snapshotState(1).get(0).producers().producers()).isEmpty();
    }

    @Test
    void neverTakesRecordsWithoutAStampForCopies() throws Exception {
        plain("same");
        plain("same");
        put(0);
        plain("same");

        pollUntilCount(open("true", split()), 4);

        assertThat(payloads()).containsExactly("same", "same", "0", "same");
    }

    /** Puts one aggregate of the records with those numbers. */
    private void put(int... numbers) {
        KplAggregator aggregator = new KplAggregator(51_200);
        for (int number : numbers) {
            byte[] payload = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
            assertThat(
                            aggregator.add(
                                    "key",
                                    null,
                                    payload,
                                    0,
                                    payload.length,
                                    new ProducerStamp("producer", number)))
                    .isTrue();
        }
        AggregatedRecord record = aggregator.build();
        stream.put(record.partitionKey(), record.data());
    }

    private void plain(String payload) {
        stream.put("key", payload.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> payloads() {
        return output.records().stream()
                .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                .toList();
    }

    private void pollUntilCount(KinesisSourceReader reader, int records) throws Exception {
        while (output.records().size() < records) {
            reader.pollNext(output);
        }
        assertThat(output.records()).hasSize(records);
    }

    private KinesisShardSplit split() {
        String shard = stream.shardIds().get(0);
        return new KinesisShardSplit(
                stream.arn(), shard, stream.shard(shard).hashKeys(), new Position.TrimHorizon());
    }

    private KinesisSourceReader open(String deduplication, KinesisShardSplit split) {
        return open(deduplication, split, new FakeReaderContext());
    }

    private KinesisSourceReader open(
            String deduplication, KinesisShardSplit split, FakeReaderContext context) {
        KinesisSourceReader reader =
                KinesisSourceReader.create(
                        stream.api(),
                        StreamSelection.arns(stream.arn()),
                        null,
                        KinesisSourceConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "source.deduplication.enabled",
                                                deduplication,
                                                "source.shard.get-records.interval",
                                                "1 ms"))),
                        context,
                        false);
        opened.add(reader);
        reader.addSplits(List.of(split));
        reader.start();
        return reader;
    }
}
