package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;

import java.util.ArrayList;
import java.util.List;

/** Every user record for itself, in an aggregate of one because only aggregates carry stamps. */
final class StampedPacking implements Packing {

    @Override
    public List<PackedEntry> pack(List<PutEntry> batch) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        List<PackedEntry> packed = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            PutEntry entry = batch.get(i);
            boolean added =
                    aggregator.add(
                            entry.partitionKey(),
                            entry.explicitHashKey(),
                            entry.data(),
                            0,
                            entry.data().length,
                            entry.stamp());
            if (!added) {
                throw new IllegalStateException("An empty aggregate takes any record");
            }
            AggregatedRecord record = aggregator.build();
            packed.add(
                    new PackedEntry(
                            new PutEntry(
                                    record.partitionKey(), record.explicitHashKey(), record.data()),
                            new int[] {i},
                            null));
        }
        return packed;
    }

    @Override
    public boolean readable(PackedEntry packed, List<PutEntry> batch, String landedInShard) {
        return true;
    }
}
