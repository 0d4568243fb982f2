package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.Shard;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which shard a hash key goes to, as of one listing of the stream. Immutable. */
final class ShardMap {

    private final Map<String, Shard> byId = new HashMap<>();
    private final TreeMap<HashKey, Shard> openByFirstKey = new TreeMap<>();

    ShardMap(Collection<Shard> listing) {
        for (Shard shard : listing) {
            byId.put(shard.id(), shard);
            if (!shard.closed()) {
                openByFirstKey.put(shard.hashKeys().first(), shard);
            }
        }
    }

    /** The only shard of the stream, or null where there are others. */
    Shard only() {
        Shard first = openByFirstKey.isEmpty() ? null : openByFirstKey.firstEntry().getValue();
        return first != null && first.hashKeys().isAll() ? first : null;
    }

    /** The open shard that holds the key, or null where the listing fell between two states. */
    Shard shardOf(HashKey key) {
        Map.Entry<HashKey, Shard> floor = openByFirstKey.floorEntry(key);
        return floor != null && floor.getValue().hashKeys().contains(key) ? floor.getValue() : null;
    }

    /** A shard of the listing, open or closed, or null. */
    Shard byId(String shardId) {
        return byId.get(shardId);
    }
}
