package io.hydrant.delivery.partition;

/**
 * A record's keys do not give a prefix; the message says why, in words for the one who reads it.
 */
public final class PartitionKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    PartitionKeyException(String message) {
        super(message);
    }
}
