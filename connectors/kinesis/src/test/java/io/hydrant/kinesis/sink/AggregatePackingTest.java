package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKey;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class AggregatePackingTest {

    private final FakePutStream stream = new FakePutStream(4);
    private long now;

    @Test
    void packsOneAggregatePerShard() {
        List<PackedEntry> packed = packing(Aggregation.DEFAULT).pack(records(1_000));

        assertThat(packed)
                .extracting(p -> p.predicted().id())
                .containsExactlyInAnyOrder(
                        "shardId-000000000000",
                        "shardId-000000000001",
                        "shardId-000000000002",
                        "shardId-000000000003");
    }

    @Test
    void startsAnotherAggregateWhenOneIsFull() {
        List<PackedEntry> packed = packing(new Aggregation(1_000, 10)).pack(records(1_000));

        assertThat(packed).allSatisfy(p -> assertThat(p.members()).hasSizeLessThanOrEqualTo(10));
        assertThat(packed).hasSizeBetween(100, 104);
    }

    @Test
    void packsEqualHashKeysOnlyWhileTheShardsCannotBeListed() {
        stream.faultOfListing(FakePutStream.serviceError(400, "AccessDeniedException"));
        AggregatePacking packing = packing(Aggregation.DEFAULT);

        List<PackedEntry> packed = packing.pack(records(100, 5));

        assertThat(packed).hasSize(5).allSatisfy(p -> assertThat(p.members()).hasSize(20));
        assertThat(packed).allSatisfy(p -> assertThat(p.predicted()).isNull());
    }

    @Test
    void asksForTheShardsAgainOnlyAfterAPauseWhenItMayNotListThem() {
        stream.faultOfListing(FakePutStream.serviceError(400, "AccessDeniedException"));
        AggregatePacking packing = packing(Aggregation.DEFAULT);
        packing.pack(records(10));
        packing.pack(records(10));
        assertThat(stream.listings()).isEqualTo(1);

        stream.faultOfListing(null);
        now += 31_000_000_000L;

        assertThat(packing.pack(records(1_000))).hasSize(4);
        packing.pack(records(10));
        assertThat(stream.listings()).isEqualTo(2);
    }

    @Test
    void findsAnAggregateOfASplitShardUnreadableWhenItHoldsRecordsOfBothHalves() {
        AggregatePacking packing = packing(Aggregation.DEFAULT);
        List<PutEntry> batch = records(1_000);
        List<PackedEntry> packed = packing.pack(batch);
        stream.split("shardId-000000000002");

        List<PackedEntry> unreadable = unreadable(packing, packed, batch);

        assertThat(unreadable)
                .extracting(p -> p.predicted().id())
                .containsExactly("shardId-000000000002");
        assertThat(packing.pack(batch))
                .as("knows the new shards now")
                .extracting(p -> p.predicted().id())
                .contains("shardId-000000000004", "shardId-000000000005")
                .hasSize(5);
    }

    @Test
    void findsAnAggregateOfAMergedShardReadable() {
        AggregatePacking packing = packing(Aggregation.DEFAULT);
        List<PutEntry> batch = records(1_000);
        List<PackedEntry> packed = packing.pack(batch);
        stream.merge("shardId-000000000001", "shardId-000000000002");

        assertThat(unreadable(packing, packed, batch)).isEmpty();
        assertThat(packing.pack(batch)).hasSize(3);
    }

    @Test
    void listsTheShardsOnceForManyAggregatesOfASplitShard() {
        AggregatePacking packing = packing(new Aggregation(1_000, 10));
        List<PutEntry> batch = records(2_000);
        List<PackedEntry> packed = packing.pack(batch);
        stream.split("shardId-000000000002");

        assertThat(unreadable(packing, packed, batch)).hasSizeGreaterThan(40);

        assertThat(stream.listings()).isEqualTo(2);
    }

    @Test
    void packsByHashKeyOnceAListingFailsAfterAReshard() {
        AggregatePacking packing = packing(Aggregation.DEFAULT);
        List<PutEntry> batch = records(100, 5);
        List<PackedEntry> packed = packing.pack(batch);
        for (int shard = 0; shard < 4; shard++) {
            stream.split("shardId-%012d".formatted(shard));
        }
        stream.faultOfListing(FakePutStream.serviceError(400, "LimitExceededException"));

        assertThat(unreadable(packing, packed, batch)).isNotEmpty();

        assertThat(packing.pack(batch)).hasSize(5);
    }

    @Test
    void putsEachRecordByItselfWhoseAggregatesLandInClosedShardsAgainAndAgain() {
        AggregatePacking packing = packing(Aggregation.DEFAULT);
        stream.merge("shardId-000000000001", "shardId-000000000002");
        List<PutEntry> batch = records(100);
        int rounds = 0;
        int again = batch.size();
        while (again > 0 && rounds < 10) {
            rounds++;
            again = 0;
            for (PackedEntry packed : packing.pack(batch)) {
                // As moto does, which looks for the first shard that holds the key, open or not.
                if (!packing.readable(packed, batch, "shardId-000000000001")) {
                    again += packed.members().length;
                }
            }
        }

        assertThat(rounds).isEqualTo(4);
        assertThat(packing.pack(batch)).hasSize(100);
    }

    @Property(tries = 200)
    void everyUserRecordIsReadOnceFromTheShardItBelongsTo(
            @ForAll @IntRange(min = 1, max = 9) int shards,
            @ForAll @IntRange(min = 1, max = 30) int keys,
            @ForAll @IntRange(min = 64, max = 2_000) int maxBytes,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 300) Integer> sizes) {
        FakePutStream target = new FakePutStream(shards);
        AggregatePacking packing =
                new AggregatePacking(
                        new Aggregation(maxBytes, 50),
                        () -> target.listShards(FakePutStream.ARN),
                        () -> 0);
        List<PutEntry> batch = new ArrayList<>();
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            String payload = i + "-".repeat(sizes.get(i));
            String hash = i % 4 == 0 ? HashKey.ofPartitionKey("h" + i % keys).decimal() : null;
            payloads.add(payload);
            batch.add(new PutEntry("k" + i % keys, hash, bytes(payload)));
        }

        List<PackedEntry> packed = packing.pack(batch);
        target.putRecords(FakePutStream.ARN, packed.stream().map(PackedEntry::entry).toList());

        assertThat(target.read(OutOfRange.DROP_AGGREGATE))
                .containsExactlyInAnyOrderElementsOf(payloads);
        BitSet members = new BitSet();
        packed.forEach(p -> IntStream.of(p.members()).forEach(members::flip));
        assertThat(members.cardinality()).isEqualTo(batch.size());
    }

    /** Puts what was packed, and asks of each where it landed. */
    private List<PackedEntry> unreadable(
            AggregatePacking packing, List<PackedEntry> packed, List<PutEntry> batch) {
        List<PutResult> results =
                stream.putRecords(
                        FakePutStream.ARN, packed.stream().map(PackedEntry::entry).toList());
        return IntStream.range(0, packed.size())
                .filter(i -> !packing.readable(packed.get(i), batch, results.get(i).shardId()))
                .mapToObj(packed::get)
                .toList();
    }

    private AggregatePacking packing(Aggregation limits) {
        return new AggregatePacking(limits, () -> stream.listShards(FakePutStream.ARN), () -> now);
    }

    private static List<PutEntry> records(int count) {
        return records(count, count);
    }

    private static List<PutEntry> records(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PutEntry("key-" + i % keys, bytes("record " + i)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
