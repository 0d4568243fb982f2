package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class UserRecordsTest {

    private static final byte[] AGGREGATE = aggregate("a", "b", "c");

    @Test
    void takesAggregatesApartBetweenPlainRecords() {
        UserRecords records = records(new Position.TrimHorizon(), OutOfRange.DROP);

        assertThat(texts(records.of(List.of(plain("1", "x"), of("2", AGGREGATE), plain("3", "y")))))
                .containsExactly("x", "a", "b", "c", "y");
        assertThat(records.deaggregated()).isEqualTo(3);
    }

    @Test
    void goesOnBehindTheUserRecordThatWasEmittedLast() {
        UserRecords records = records(new Position.Behind("2", 1), OutOfRange.DROP);

        assertThat(texts(records.of(List.of(of("2", AGGREGATE), of("3", AGGREGATE)))))
                .containsExactly("c", "a", "b", "c");
    }

    @Test
    void leavesOutAPlainRecordThatWasEmitted() {
        UserRecords records = records(new Position.Behind("1", 0), OutOfRange.DROP);

        assertThat(texts(records.of(List.of(plain("1", "x"), plain("2", "y")))))
                .containsExactly("y");
    }

    @Test
    void waitsForTheRecordOverEmptyPages() {
        UserRecords records = records(new Position.Behind("1", 0), OutOfRange.DROP);

        assertThat(records.of(List.of())).isEmpty();
        assertThat(texts(records.of(List.of(plain("1", "x"))))).isEmpty();
        assertThat(texts(records.of(List.of(plain("2", "y"))))).containsExactly("y");
    }

    @Test
    void leavesOutNothingWhenTheStreamNoLongerHoldsTheRecord() {
        UserRecords records = records(new Position.Behind("1", 5), OutOfRange.DROP);

        assertThat(texts(records.of(List.of(of("2", AGGREGATE))))).containsExactly("a", "b", "c");
    }

    @Test
    void leavesAggregatesWholeWhenToldTo() {
        UserRecords records = records(new Position.TrimHorizon(), null);
        List<Envelope> page = List.of(of("1", AGGREGATE));

        assertThat(records.of(page)).isSameAs(page);
    }

    private static UserRecords records(Position start, OutOfRange outOfRange) {
        return new UserRecords(HashKeyRange.ALL, start, outOfRange);
    }

    private static byte[] aggregate(String... payloads) {
        KplAggregator aggregator = new KplAggregator(1_000);
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, bytes, 0, bytes.length)).isTrue();
        }
        return aggregator.build().data();
    }

    private static Envelope plain(String sequence, String text) {
        return of(sequence, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Envelope of(String sequence, byte[] data) {
        return new Envelope("s", "shard", sequence, 0, "key", 1, data, 0, data.length);
    }

    private static List<String> texts(List<Envelope> records) {
        return records.stream()
                .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                .toList();
    }
}
