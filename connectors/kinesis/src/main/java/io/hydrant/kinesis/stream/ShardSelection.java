package io.hydrant.kinesis.stream;

import java.time.Instant;
import java.util.Objects;

/** Which shards of a stream a listing asks for. */
public sealed interface ShardSelection {

    /** All that still hold data, open or closed. */
    record Readable() implements ShardSelection {}

    /** Those that are open now. */
    record Open() implements ShardSelection {}

    /**
     * Those that could hold records which arrived at that time or later.
     *
     * @param time the earliest arrival of interest
     */
    record Since(Instant time) implements ShardSelection {
        /** Validates that there is a time. */
        public Since {
            Objects.requireNonNull(time, "time");
        }
    }

    /**
     * Those that were made after that one; ids of shards grow with time.
     *
     * @param shardId the newest shard already known
     */
    record After(String shardId) implements ShardSelection {
        /** Validates that there is a shard. */
        public After {
            Objects.requireNonNull(shardId, "shardId");
        }
    }
}
