package io.hydrant.kinesis.sink;

import java.util.Objects;

/**
 * What became of one record that was given to an {@link AcknowledgingPutter}.
 *
 * @param recordId names the record in all the world; where records carry their identity, it is that
 * @param fate what became of it
 * @param reason the service's words, where it is not in the stream; else null
 */
public record RecordReceipt(String recordId, Fate fate, String reason) {

    /** What became of a record. */
    public enum Fate {
        /** The stream has it. */
        DELIVERED,
        /** Not taken in time, because its shard or its stream had too much to do. */
        THROTTLED,
        /**
         * Not known to be taken: the service failed, or the answer was lost. It may be in the
         * stream all the same.
         */
        FAILED,
        /** The service refuses for good: no such stream, no permission, no key. */
        REFUSED
    }

    /** Validates that nothing is missing. */
    public RecordReceipt {
        Objects.requireNonNull(recordId, "recordId");
        Objects.requireNonNull(fate, "fate");
    }

    /** Whether the stream has it. */
    public boolean isDelivered() {
        return fate == Fate.DELIVERED;
    }
}
