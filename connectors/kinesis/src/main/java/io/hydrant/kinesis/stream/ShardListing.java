package io.hydrant.kinesis.stream;

import java.time.Instant;
import java.util.List;

/**
 * The shards that one listing found.
 *
 * @param shards in the stream's order, which is that of their ids
 * @param serverTime the service's clock when it began, or null where it did not say; to the second,
 *     rounded down
 */
public record ShardListing(List<Shard> shards, Instant serverTime) {

    /** Copies. */
    public ShardListing {
        shards = List.copyOf(shards);
    }
}
