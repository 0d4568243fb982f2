package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.stream.HashKey;

import java.io.Serializable;
import java.util.Objects;

/**
 * One record to put into a stream.
 *
 * <p>Equal by identity: two records with the same bytes are two records.
 */
public final class PutEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String partitionKey;
    private final String explicitHashKey;
    private final byte[] data;
    private final int sizeBytes;

    /** Tells its copies from other records, or null. */
    private final ProducerStamp stamp;

    /** When a writer got it, as {@link System#nanoTime}. */
    private transient long givenAt;

    /** Times that it was put in vain; belongs to whoever puts it. */
    private transient int failures;

    /** Times that it was in an aggregate of which not all readers find every user record. */
    private transient int timesMisplaced;

    /** A record that goes to the shard of its partition key. */
    public PutEntry(String partitionKey, byte[] data) {
        this(partitionKey, null, data);
    }

    /**
     * A record that goes to the shard of its explicit hash key.
     *
     * @param partitionKey its partition key, 1 to 256 characters
     * @param explicitHashKey decimal number from 0 to 2^128 - 1, or null to let the partition key
     *     decide
     * @param data its payload; may be empty; not copied, so it must not change any more
     * @throws IllegalArgumentException when a key is not as the service wants it
     */
    public PutEntry(String partitionKey, String explicitHashKey, byte[] data) {
        this(partitionKey, explicitHashKey, data, null);
    }

    PutEntry(String partitionKey, String explicitHashKey, byte[] data, ProducerStamp stamp) {
        Objects.requireNonNull(data, "data");
        String problem = PutLimits.problemWithKeys(partitionKey, explicitHashKey);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        this.partitionKey = partitionKey;
        this.explicitHashKey = explicitHashKey;
        this.data = data;
        this.stamp = stamp;
        this.sizeBytes = PutLimits.sizeBytes(partitionKey, data.length);
    }

    /** Its partition key. */
    public String partitionKey() {
        return partitionKey;
    }

    /** Its explicit hash key, decimal, or null. */
    public String explicitHashKey() {
        return explicitHashKey;
    }

    /** Its payload, not copied. */
    public byte[] data() {
        return data;
    }

    /** Bytes that count against the service's limits: payload and partition key. */
    public int sizeBytes() {
        return sizeBytes;
    }

    ProducerStamp stamp() {
        return stamp;
    }

    void givenAt(long nanoTime) {
        givenAt = nanoTime;
    }

    long givenAt() {
        return givenAt;
    }

    /** It was put in vain once more; the times so far. */
    int failedAgain() {
        return ++failures;
    }

    /** It was in an aggregate that landed in a shard to which not all of its records belong. */
    void misplaced() {
        timesMisplaced++;
    }

    int timesMisplaced() {
        return timesMisplaced;
    }

    /** Bytes that would count if this were the only user record of an aggregate. */
    int sizeAloneInAggregate() {
        return KplAggregator.sizeOfOne(
                sizeBytes - data.length, explicitHashKey, data.length, stamp);
    }

    /** The place in the key space that decides the shard. */
    HashKey hashKey() {
        return explicitHashKey != null
                ? HashKey.parse(explicitHashKey)
                : HashKey.ofPartitionKey(partitionKey);
    }

    /** Whether the same keys say that both go to the same place. */
    boolean goesWith(PutEntry other) {
        return explicitHashKey == null
                ? other.explicitHashKey == null && partitionKey.equals(other.partitionKey)
                : explicitHashKey.equals(other.explicitHashKey);
    }

    /** Keys and size; never the payload, which may be a secret. */
    @Override
    public String toString() {
        return "record with partition key '" + partitionKey + "', " + sizeBytes + " bytes";
    }
}
