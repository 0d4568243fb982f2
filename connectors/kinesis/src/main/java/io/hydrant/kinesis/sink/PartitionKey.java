package io.hydrant.kinesis.sink;

import java.io.Serializable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives a record its partition key; records with the same key go to the same shard.
 *
 * @param <T> what is written
 */
@FunctionalInterface
public interface PartitionKey<T> extends Serializable {

    /** The key, 1 to 256 characters. */
    String of(T element);

    /** A new key for each record: spreads evenly, and keeps nothing together. */
    static <T> PartitionKey<T> random() {
        return element -> Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
}
