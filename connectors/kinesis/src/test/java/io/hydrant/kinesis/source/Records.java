package io.hydrant.kinesis.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.stream.HashKey;

import java.nio.ByteBuffer;

/** Puts numbered records into a stream; the numbers of a partition key grow. */
final class Records {

    private static final int PAYLOAD = 100;

    private final FakeStream stream;
    private long next;

    Records(FakeStream stream) {
        this.stream = stream;
    }

    /** The number in a record. */
    static long number(Envelope record) {
        return ByteBuffer.wrap(record.payloadArray(), record.payloadOffset(), Long.BYTES).getLong();
    }

    /** How many were put. */
    int count() {
        return (int) next;
    }

    /** Puts plain records with keys over the whole key space. */
    void plain(int count) {
        for (int i = 0; i < count; i++) {
            stream.put("key-" + next % 50, payload());
        }
    }

    /** Puts one aggregate whose user records have one key. */
    void aggregate(String key, int userRecords) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        for (int i = 0; i < userRecords; i++) {
            byte[] payload = payload();
            if (!aggregator.add(key, null, payload, 0, payload.length)) {
                throw new IllegalArgumentException(userRecords + " records are too many");
            }
        }
        AggregatedRecord record = aggregator.build();
        stream.put(
                record.partitionKey(),
                record.explicitHashKey() == null
                        ? HashKey.ofPartitionKey(record.partitionKey())
                        : HashKey.parse(record.explicitHashKey()),
                record.data());
    }

    private byte[] payload() {
        return ByteBuffer.allocate(PAYLOAD).putLong(next++).array();
    }
}
