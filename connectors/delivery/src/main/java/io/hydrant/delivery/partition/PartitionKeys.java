package io.hydrant.delivery.partition;

import java.util.Map;

/**
 * The partitioning keys of one record, by which its prefix is made.
 *
 * @param fromQuery what the query of {@code MetadataExtraction} found, for {@code
 *     !{partitionKeyFromQuery:key}}
 * @param fromLambda what the transform gave, for {@code !{partitionKeyFromLambda:key}}
 */
public record PartitionKeys(Map<String, String> fromQuery, Map<String, String> fromLambda) {

    /** No keys at all. */
    public static final PartitionKeys NONE = new PartitionKeys(Map.of(), Map.of());

    /** Keeps its own copies; neither a key nor its value is null. */
    public PartitionKeys {
        fromQuery = Map.copyOf(fromQuery);
        fromLambda = Map.copyOf(fromLambda);
    }

    /** The keys that a query found, and none of a transform. */
    public static PartitionKeys ofQuery(Map<String, String> keys) {
        return new PartitionKeys(keys, Map.of());
    }
}
