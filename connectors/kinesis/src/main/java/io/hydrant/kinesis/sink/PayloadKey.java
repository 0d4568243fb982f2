package io.hydrant.kinesis.sink;

import java.util.zip.CRC32C;

/** Finds the partition key of a record, as a {@link PartitionKeyStrategy} says. */
@FunctionalInterface
interface PayloadKey<T> {

    /** The key of an element with that payload. */
    String of(T element, byte[] payload);

    /**
     * The strategy's way to a key, for one subtask.
     *
     * @param field the function that {@link PartitionKeyStrategy#FIELD} uses, may be null for
     *     others
     */
    static <T> PayloadKey<T> of(
            PartitionKeyStrategy strategy, PartitionKey<? super T> field, int subtask) {
        return switch (strategy) {
            case FIELD -> (element, payload) -> field.of(element);
            case RANDOM -> {
                PartitionKey<T> random = PartitionKey.random();
                yield (element, payload) -> random.of(element);
            }
            case FIXED -> {
                String key = Integer.toString(subtask);
                yield (element, payload) -> key;
            }
            case HASH -> {
                CRC32C checksum = new CRC32C();
                yield (element, payload) -> {
                    checksum.reset();
                    checksum.update(payload, 0, payload.length);
                    return Long.toHexString(checksum.getValue());
                };
            }
        };
    }
}
