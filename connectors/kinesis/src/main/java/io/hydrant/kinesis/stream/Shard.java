package io.hydrant.kinesis.stream;

import java.util.List;
import java.util.Objects;

/**
 * One shard as the stream lists it.
 *
 * @param id shard id, unique in its stream and never used again
 * @param parents the shards that it came from: none, one (split) or two (merge); they may be gone
 *     from the stream
 * @param hashKeys the part of the key space that it holds
 * @param closed whether no record will be added
 */
public record Shard(String id, List<String> parents, HashKeyRange hashKeys, boolean closed) {

    /** Validates and copies. */
    public Shard {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(hashKeys, "hashKeys");
        parents = List.copyOf(parents);
    }
}
