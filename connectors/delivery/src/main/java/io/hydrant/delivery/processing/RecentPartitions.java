package io.hydrant.delivery.processing;

import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

/**
 * The partitions that keys make of a prefix. Remembers some that came lately: most records belong
 * to a few, and the same text for all of them is compared and hashed at no cost behind this.
 */
final class RecentPartitions {

    /** A power of two; the longest partitions all at once take a megabyte. */
    private static final int KEPT = 1024;

    private final PrefixTemplate prefix;
    private final PartitionKeys[] keptKeys = new PartitionKeys[KEPT];
    private final String[] keptPartitions = new String[KEPT];

    RecentPartitions(PrefixTemplate prefix) {
        this.prefix = prefix;
    }

    /** As {@link PrefixTemplate#partition(PartitionKeys)} says. */
    String of(PartitionKeys keys) throws PartitionKeyException {
        int hash = keys.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (KEPT - 1);
        if (keys.equals(keptKeys[slot])) {
            return keptPartitions[slot];
        }
        String partition = prefix.partition(keys);
        keptKeys[slot] = keys;
        keptPartitions[slot] = partition;
        return partition;
    }
}
