package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.Shard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Puts numbered records of few keys, plain or as aggregates, and notes them in the ledger. */
final class SimulatedProducer {

    private static final int KEYS = 12;

    private final KeyLedger ledger;
    private final Random random;

    SimulatedProducer(KeyLedger ledger, Random random) {
        this.ledger = ledger;
        this.random = random;
    }

    /** Puts a few records into a stream; says which. */
    String put(SimulatedStream stream) {
        String key = "key-" + random.nextInt(KEYS);
        Shard shard = stream.openShardOf(HashKey.ofPartitionKey(key));
        int records = 1 + random.nextInt(6);
        if (random.nextBoolean()) {
            for (int i = 0; i < records; i++) {
                placed(stream, key, stream.put(shard, key, next(stream, key, 0)), 0);
            }
            return records + " of " + key + " into " + shard.id() + " of " + stream.arn().stream();
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            String other = "key-" + random.nextInt(KEYS);
            if (shard.hashKeys().contains(HashKey.ofPartitionKey(other))) {
                keys.add(other);
            }
        }
        keys.add(key);
        putAggregate(stream, shard, keys);
        return "an aggregate into " + shard.id() + " of " + stream.arn().stream();
    }

    private void putAggregate(SimulatedStream stream, Shard shard, List<String> keys) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        Map<String, Integer> before = new HashMap<>();
        for (String each : keys) {
            byte[] data = next(stream, each, before.merge(each, 1, Integer::sum) - 1);
            aggregator.add(each, null, data, 0, data.length);
        }
        AggregatedRecord aggregate = aggregator.build();
        Envelope record = stream.put(shard, aggregate.partitionKey(), aggregate.data());
        for (int i = 0; i < keys.size(); i++) {
            placed(stream, keys.get(i), record, i);
        }
    }

    private void placed(SimulatedStream stream, String key, Envelope record, int subSequence) {
        ledger.placed(stream.arn().stream() + "/" + key, record, subSequence);
    }

    /** The payload of the record of a key behind so many that are still to be put. */
    private byte[] next(SimulatedStream stream, String key, int behind) {
        long number = ledger.nextOf(stream.arn().stream() + "/" + key) + behind;
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
