package io.hydrant.kinesis.sink;

import java.io.IOException;
import java.io.Serializable;

/**
 * Takes records that the service would never take, because a key or the size is not as it must be.
 */
@FunctionalInterface
public interface RejectedRecords extends Serializable {

    /** Fails, with a message that says what is wrong with the record. */
    RejectedRecords FAIL =
            (partitionKey, data, reason) -> {
                throw new IllegalArgumentException(reason);
            };

    /**
     * Takes one record; putting goes on without it.
     *
     * @param partitionKey its partition key, as it was given
     * @param data its payload
     * @param reason what is wrong with it; names no part of the payload
     */
    void rejected(String partitionKey, byte[] data, String reason) throws IOException;
}
