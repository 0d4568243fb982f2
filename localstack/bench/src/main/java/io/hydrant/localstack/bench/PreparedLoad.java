package io.hydrant.localstack.bench;

import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.Payloads;
import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The records that a stream is filled with, over and over. */
final class PreparedLoad {

    private static final int LEAST_AGGREGATES = 100;
    private static final int HASH_KEY_BITS = 128;

    private PreparedLoad() {}

    /** Kinesis records for a stream of that many even shards. */
    static List<PreparedRecord> records(Load load, int shards) {
        Payloads payloads = new Payloads(load.recordBytes());
        return load.isAggregated() ? aggregates(load, shards, payloads) : plain(payloads);
    }

    private static List<PreparedRecord> plain(Payloads payloads) {
        List<PreparedRecord> records = new ArrayList<>(Payloads.DISTINCT);
        for (int i = 0; i < Payloads.DISTINCT; i++) {
            byte[] document = payloads.document(i);
            records.add(new PreparedRecord(Payloads.key(document), null, document));
        }
        return records;
    }

    /**
     * The same number of aggregates for each shard, in turn. All user records of one belong to its
     * shard, or readers would leave them out.
     */
    private static List<PreparedRecord> aggregates(Load load, int shards, Payloads payloads) {
        List<List<String>> keys = new ArrayList<>(shards);
        for (int i = 0; i < shards; i++) {
            keys.add(new ArrayList<>(load.perKinesisRecord()));
        }
        int missing = shards * load.perKinesisRecord();
        for (long user = 0; missing > 0; user++) {
            String key = "user-" + user;
            List<String> own = keys.get(shardOf(key, shards));
            if (own.size() < load.perKinesisRecord()) {
                own.add(key);
                missing--;
            }
        }
        int rounds = Math.max(1, LEAST_AGGREGATES / shards);
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        List<PreparedRecord> records = new ArrayList<>(rounds * shards);
        long document = 0;
        for (int round = 0; round < rounds; round++) {
            for (List<String> own : keys) {
                for (String key : own) {
                    byte[] data = payloads.document(document++);
                    aggregator.add(key, null, data, 0, data.length);
                }
                AggregatedRecord built = aggregator.build();
                records.add(
                        new PreparedRecord(
                                built.partitionKey(), built.explicitHashKey(), built.data()));
            }
        }
        return records;
    }

    private static int shardOf(String key, int shards) {
        return new BigInteger(HashKey.ofPartitionKey(key).decimal())
                .multiply(BigInteger.valueOf(shards))
                .shiftRight(HASH_KEY_BITS)
                .intValueExact();
    }
}
