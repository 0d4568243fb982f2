package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares with the reader of the Kinesis Client Library, AWS' own. */
class KclOracleTest {

    private static final HashKeyRange LOWER =
            new HashKeyRange(HashKey.MIN, new HashKey(Long.MAX_VALUE, -1));

    @Property(tries = 300)
    void readsOurAggregatesAsTheKclDoes(
            @ForAll @Size(min = 2, max = 60) List<byte[]> payloads,
            @ForAll @IntRange(min = 1, max = 300) int keys) {
        byte[] data = aggregate(payloads, keys);

        assertThat(ours(data, HashKeyRange.ALL, OutOfRange.DROP))
                .containsExactlyElementsOf(kcl(data, HashKeyRange.ALL))
                .hasSameSizeAs(payloads);
    }

    @Property(tries = 300)
    void dropsTheAggregatesThatTheKclDrops(
            @ForAll @Size(min = 2, max = 4) List<byte[]> payloads,
            @ForAll @IntRange(min = 1, max = 3) int keys) {
        byte[] data = aggregate(payloads, keys);

        assertThat(ours(data, LOWER, OutOfRange.DROP_AGGREGATE))
                .containsExactlyElementsOf(kcl(data, LOWER));
    }

    @Property(tries = 300)
    void passesThroughWhatTheKclPassesThrough(
            @ForAll @Size(min = 2, max = 5) List<byte[]> payloads,
            @ForAll @IntRange(min = 0, max = 500) int place) {
        byte[] data = aggregate(payloads, 2);
        data[place % data.length] ^= 0x40;

        assertThat(ours(data, HashKeyRange.ALL, OutOfRange.DROP))
                .containsExactlyElementsOf(kcl(data, HashKeyRange.ALL))
                .hasSize(1);
    }

    @Property(tries = 300)
    void theKclPassesOverStamps(
            @ForAll @Size(min = 1, max = 60) List<byte[]> payloads,
            @ForAll @IntRange(min = 1, max = 300) int keys) {
        byte[] data = aggregate(payloads, keys, i -> new ProducerStamp("producer-" + i / 7, i));

        assertThat(kcl(data, HashKeyRange.ALL))
                .hasSameSizeAs(payloads)
                .containsExactlyElementsOf(ours(data, HashKeyRange.ALL, OutOfRange.DROP));
    }

    private static byte[] aggregate(List<byte[]> payloads, int keys) {
        return aggregate(payloads, keys, i -> null);
    }

    private static byte[] aggregate(
            List<byte[]> payloads, int keys, IntFunction<ProducerStamp> stamps) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            String hash = i % 4 == 1 ? HashKey.ofPartitionKey("h" + i % keys).decimal() : null;
            assertThat(
                            aggregator.add(
                                    "k" + i % keys,
                                    hash,
                                    payload,
                                    0,
                                    payload.length,
                                    stamps.apply(i)))
                    .isTrue();
        }
        return aggregator.build().data();
    }

    private static List<String> ours(byte[] data, HashKeyRange range, OutOfRange outOfRange) {
        List<String> result = new ArrayList<>();
        new KplDeaggregator(outOfRange)
                .deaggregate(
                        new Envelope("s", "shard", "1", 0, "outer", 7, data, 0, data.length),
                        range,
                        r ->
                                result.add(
                                        line(
                                                r.subSequence(),
                                                r.partitionKey(),
                                                ByteBuffer.wrap(r.payloadCopy()))));
        return result;
    }

    private static List<String> kcl(byte[] data, HashKeyRange range) {
        KinesisClientRecord record =
                KinesisClientRecord.builder()
                        .data(ByteBuffer.wrap(data.clone()))
                        .partitionKey("outer")
                        .sequenceNumber("1")
                        .approximateArrivalTimestamp(Instant.ofEpochMilli(7))
                        .build();
        return new AggregatorUtil()
                        .deaggregate(
                                List.of(record),
                                new BigInteger(range.first().decimal()),
                                new BigInteger(range.last().decimal()))
                        .stream()
                        .map(r -> line(r.subSequenceNumber(), r.partitionKey(), r.data()))
                        .toList();
    }

    private static String line(long subSequence, String partitionKey, ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return subSequence
                + " "
                + partitionKey
                + " "
                + new BigInteger(1, bytes).toString(16)
                + " of "
                + bytes.length;
    }
}
