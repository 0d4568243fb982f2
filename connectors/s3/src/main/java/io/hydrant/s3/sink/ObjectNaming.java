package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.ObjectNames;

import java.util.UUID;

/** Says which records share an object, and what objects are called. Not thread-safe. */
final class ObjectNaming {

    private final ObjectNames names;
    private final PartitionTime partitionTime;
    private Group latest = Group.DATA;

    ObjectNaming(NamingConfig config, PartitionTime partitionTime) {
        this.names = new ObjectNames(config);
        this.partitionTime = partitionTime;
    }

    /**
     * The group of a data record; asked for every record.
     *
     * @param arrivalMillis when it arrived
     * @param keyed the partition that its keys make, empty where it has none
     */
    Group groupOf(long arrivalMillis, String keyed) {
        if (!keyed.isEmpty()) {
            if (!keyed.equals(latest.partition())) {
                latest = Group.ofPartition(keyed);
            }
            return latest;
        }
        if (partitionTime == PartitionTime.OBJECT) {
            return Group.DATA;
        }
        String partition = names.partition(arrivalMillis);
        if (!partition.equals(latest.prefix())) {
            latest = Group.ofData(partition);
        }
        return latest;
    }

    /**
     * The key of an object.
     *
     * @param oldestMillis arrival of its oldest record
     * @param id its identity, which makes the key unique
     */
    String key(Group group, long oldestMillis, UUID id) {
        if (group.error() != null) {
            return group.partition().isEmpty()
                    ? names.errorKey(group.error(), oldestMillis, id)
                    : names.errorKey(group.partition(), group.error(), oldestMillis, id);
        }
        return group.partition().isEmpty()
                ? names.dataKey(oldestMillis, id)
                : names.dataKey(group.partition(), oldestMillis, id);
    }
}
