package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.Shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Packs the user records of one shard into KPL aggregates, each sent to that shard. While the
 * shards cannot be listed, only user records with the same hash key share an aggregate, which is
 * right for any shards.
 *
 * <p>When the stream is resharded, aggregates packed for a shard that is gone land in one of its
 * children. One that holds user records of another child has to be put again as a whole: the KCL
 * leaves out the whole aggregate, other readers the user records that lie outside. A user record
 * that this befell several times goes by itself: then the stream is resharded faster than it is
 * listed, or is not where it says, as with servers that go on filling closed shards.
 */
final class AggregatePacking implements Packing {

    /** Aggregators kept for the next batch; they hold on to their buffers. */
    private static final int KEPT_AGGREGATORS = 64;

    /** How often a user record may have been in an aggregate that landed in a wrong shard. */
    private static final int MOST_MISPLACED = 3;

    private final Aggregation limits;
    private final ShardMapSource shards;
    private final ArrayBlockingQueue<KplAggregator> idle =
            new ArrayBlockingQueue<>(KEPT_AGGREGATORS);

    /**
     * Packs for a stream.
     *
     * @param listing lists the stream's shards; may fail
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    AggregatePacking(Aggregation limits, Supplier<List<Shard>> listing, LongSupplier nanoTime) {
        this.limits = limits;
        this.shards = new ShardMapSource(listing, nanoTime);
    }

    @Override
    public List<PackedEntry> pack(List<PutEntry> batch) {
        ShardMap map = shards.current();
        Shard only = map == null ? null : map.only();
        Map<Object, OpenAggregate> open = new LinkedHashMap<>();
        List<PackedEntry> packed = new ArrayList<>();
        PutEntry before = null;
        HashKey key = null;
        for (int i = 0; i < batch.size(); i++) {
            PutEntry entry = batch.get(i);
            // Neighbours often share their keys, and the digest of a key is dear.
            if (only == null && (before == null || !entry.goesWith(before))) {
                key = entry.hashKey();
            }
            before = entry;
            Shard shard = only != null || map == null ? only : map.shardOf(key);
            Object together =
                    entry.timesMisplaced() >= MOST_MISPLACED
                            ? entry
                            : shard != null ? shard.id() : key;
            OpenAggregate aggregate = open.get(together);
            if (aggregate == null) {
                aggregate = new OpenAggregate(borrow(), shard, limits.maxRecords());
                open.put(together, aggregate);
            }
            if (!aggregate.add(i, entry)) {
                packed.add(aggregate.build());
                aggregate.add(i, entry);
            }
        }
        for (OpenAggregate aggregate : open.values()) {
            packed.add(aggregate.build());
            // Full is fine: then there are enough.
            boolean unused = idle.offer(aggregate.aggregator);
        }
        return packed;
    }

    @Override
    public boolean readable(PackedEntry packed, List<PutEntry> batch, String landedInShard) {
        if (packed.members().length == 1
                || packed.predicted() == null
                || packed.predicted().id().equals(landedInShard)) {
            return true;
        }
        ShardMap map = shards.current();
        if (map == null || map.byId(landedInShard) == null) {
            map = shards.newerThan(map);
        }
        Shard actual = map == null ? null : map.byId(landedInShard);
        if (actual != null && holdsAll(actual, packed, batch)) {
            return true;
        }
        for (int member : packed.members()) {
            batch.get(member).misplaced();
        }
        return false;
    }

    private static boolean holdsAll(Shard shard, PackedEntry packed, List<PutEntry> batch) {
        for (int member : packed.members()) {
            if (!shard.hashKeys().contains(batch.get(member).hashKey())) {
                return false;
            }
        }
        return true;
    }

    private KplAggregator borrow() {
        KplAggregator kept = idle.poll();
        return kept != null ? kept : new KplAggregator(limits.maxBytes());
    }

    /** An aggregate that takes more user records. */
    private static final class OpenAggregate {

        private final KplAggregator aggregator;
        private final Shard shard;
        private final int maxRecords;
        private int[] members = new int[16];

        OpenAggregate(KplAggregator aggregator, Shard shard, int maxRecords) {
            this.aggregator = aggregator;
            this.shard = shard;
            this.maxRecords = maxRecords;
        }

        boolean add(int member, PutEntry entry) {
            int count = aggregator.userRecords();
            if (count >= maxRecords
                    || !aggregator.add(
                            entry.partitionKey(),
                            entry.explicitHashKey(),
                            entry.data(),
                            0,
                            entry.data().length,
                            entry.stamp())) {
                return false;
            }
            if (count == members.length) {
                members = Arrays.copyOf(members, 2 * count);
            }
            members[count] = member;
            return true;
        }

        PackedEntry build() {
            int[] inside = Arrays.copyOf(members, aggregator.userRecords());
            AggregatedRecord record = aggregator.build();
            return new PackedEntry(
                    new PutEntry(record.partitionKey(), record.explicitHashKey(), record.data()),
                    inside,
                    shard);
        }
    }
}
