package io.hydrant.kinesis.stream;

import java.time.Instant;
import java.util.Objects;

/**
 * A place in a shard from which reading goes on without losing or repeating a user record.
 *
 * <p>A sequence number alone is no such place: the user records of one KPL aggregate share it, and
 * a checkpoint may fall between them.
 */
public sealed interface Position {

    /** The oldest record that the stream still holds. */
    record TrimHorizon() implements Position {}

    /**
     * The first record that arrived at that time or later.
     *
     * @param time arrival at the stream
     */
    record AtTimestamp(Instant time) implements Position {
        /** Validates that there is a time. */
        public AtTimestamp {
            Objects.requireNonNull(time, "time");
        }
    }

    /**
     * Behind a user record that was emitted. Reading starts at that Kinesis record again and leaves
     * out its user records up to this one.
     *
     * @param sequence sequence number of the Kinesis record
     * @param subSequence place of the user record in its aggregate, 0 for a plain record
     */
    record Behind(String sequence, long subSequence) implements Position {
        /** Validates that there is a sequence number. */
        public Behind {
            Objects.requireNonNull(sequence, "sequence");
        }
    }

    /**
     * Behind a whole Kinesis record, all of its user records included.
     *
     * @param sequence sequence number of the Kinesis record
     */
    record After(String sequence) implements Position {
        /** Validates that there is a sequence number. */
        public After {
            Objects.requireNonNull(sequence, "sequence");
        }
    }

    /** Behind the last record that a closed shard ever had. */
    record End() implements Position {}
}
