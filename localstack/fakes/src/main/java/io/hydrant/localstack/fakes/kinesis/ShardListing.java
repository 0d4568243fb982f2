package io.hydrant.localstack.fakes.kinesis;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which shards ListShards shows: the filter's rule, by the API reference of {@code ShardFilter}.
 */
final class ShardListing {

    private static final Set<String> FILTER = Set.of("Type", "ShardId", "Timestamp");

    private ShardListing() {}

    static List<FakeShard> select(List<FakeShard> shards, Members filter) {
        return filter == null ? shards : shards.stream().filter(rule(filter)).toList();
    }

    static Members filterOf(Members request) {
        return request.object("ShardFilter", FILTER);
    }

    private static Predicate<FakeShard> rule(Members filter) {
        String type = filter.requiredName("Type");
        refuse(filter, "ShardId", !type.equals("AFTER_SHARD_ID"), type);
        refuse(filter, "Timestamp", !type.endsWith("_TIMESTAMP"), type);
        switch (type) {
            case "AFTER_SHARD_ID":
                String after = filter.requiredName("ShardId");
                return shard -> shard.id.compareTo(after) > 0;
            case "AT_TRIM_HORIZON":
                // Nothing is ever older than what the stream began with: its first generation.
                return shard -> shard.parent == null;
            case "FROM_TRIM_HORIZON":
                return shard -> true;
            case "AT_LATEST":
                return FakeShard::isOpen;
            case "AT_TIMESTAMP":
                long at = filter.requiredMillis("Timestamp");
                return shard ->
                        shard.createdMillis <= at && (shard.isOpen() || shard.closedMillis() >= at);
            case "FROM_TIMESTAMP":
                long from = filter.requiredMillis("Timestamp");
                return shard -> shard.isOpen() || shard.closedMillis() >= from;
            default:
                throw KinesisError.validation(
                        Members.violation(
                                "shardFilter.type",
                                type,
                                "Member must satisfy enum value set: [AFTER_SHARD_ID,"
                                        + " AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST,"
                                        + " AT_TIMESTAMP, FROM_TIMESTAMP]"));
        }
    }

    private static void refuse(Members filter, String member, boolean unfit, String type) {
        if (unfit && filter.has(member)) {
            throw KinesisError.invalidArgument(
                    member + " does not go with a shard filter of type " + type);
        }
    }
}
