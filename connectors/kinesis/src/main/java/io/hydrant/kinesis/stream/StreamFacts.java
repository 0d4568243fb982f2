package io.hydrant.kinesis.stream;

import java.time.Instant;
import java.util.Objects;

/**
 * What a stream says of itself.
 *
 * @param distribution how it chooses the shard of a record
 * @param created when it was created; null where it did not say
 */
public record StreamFacts(RecordDistribution distribution, Instant created) {

    /** Nothing is known. */
    public static final StreamFacts UNKNOWN = new StreamFacts(RecordDistribution.UNKNOWN, null);

    /** Validates that there is a distribution. */
    public StreamFacts {
        Objects.requireNonNull(distribution, "distribution");
    }
}
