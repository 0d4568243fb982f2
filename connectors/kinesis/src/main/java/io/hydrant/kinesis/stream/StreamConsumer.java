package io.hydrant.kinesis.stream;

import java.util.Objects;

/**
 * A consumer that is registered with a stream, as the stream describes it.
 *
 * @param arn unique in the world; another one each time that the name is registered
 * @param status what can be done with it
 */
public record StreamConsumer(String arn, Status status) {

    /** Validates that nothing is missing. */
    public StreamConsumer {
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(status, "status");
    }

    /** The states of a consumer. */
    public enum Status {
        /** Being registered; not to be used yet. */
        CREATING,
        /** In use or ready for it. */
        ACTIVE,
        /** Being deregistered; its name is not free yet. */
        DELETING
    }
}
