package io.hydrant.kinesis.sink;

import java.io.IOException;
import java.io.Serializable;

/**
 * Takes records that the service would never take, because a key or the size is not as it must be:
 * a dead letter for them is to be written here. Each task has its own, which only the task's thread
 * calls.
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

    /**
     * Keeps safe what was taken so far; called before each checkpoint and at the end of the input.
     * A handler that returns from here without having lost anything takes every record at least
     * once.
     */
    default void flush() throws IOException {}

    /** Ends; called once, also after a failure. */
    default void close() throws IOException {}
}
