package io.hydrant.launcher.autoscale;

/**
 * How much is written in a second.
 *
 * @param bytes bytes with partition keys
 * @param records records as Kinesis sees them
 */
record Load(double bytes, double records) {

    static final Load NONE = new Load(0, 0);

    /** What one shard takes. Source: Kinesis developer guide, "Quotas and limits". */
    static final Load OF_SHARD = new Load(1024.0 * 1024, 1000);

    /** Validates ranges. */
    Load {
        if (!(bytes >= 0) || !(records >= 0)) {
            throw new IllegalArgumentException(
                    "A load must not be negative, but is "
                            + bytes
                            + " bytes and "
                            + records
                            + " records a second");
        }
    }

    Load plus(Load other) {
        return new Load(bytes + other.bytes, records + other.records);
    }

    Load times(double factor) {
        return new Load(bytes * factor, records * factor);
    }

    /** The greater of each. */
    Load max(Load other) {
        return new Load(Math.max(bytes, other.bytes), Math.max(records, other.records));
    }

    /** Whether it has more of either. */
    boolean exceeds(Load other) {
        return bytes > other.bytes || records > other.records;
    }

    /** How many shards it fills; a part of one where it is small. */
    double shards() {
        return Math.max(bytes / OF_SHARD.bytes, records / OF_SHARD.records);
    }
}
