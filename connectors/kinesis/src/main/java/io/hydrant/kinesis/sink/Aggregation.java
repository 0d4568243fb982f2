package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.KplAggregator;

import java.io.Serializable;

/**
 * How large an aggregate of user records may become.
 *
 * @param maxBytes bytes of the aggregate, 64 to {@link KplAggregator#LARGEST_MAX_BYTES}; a user
 *     record that is larger goes alone, as it is
 * @param maxRecords user records in it, at least 1
 */
public record Aggregation(int maxBytes, int maxRecords) implements Serializable {

    /** The KPL's size, 50 KiB, and no limit of the count that would be reached before it. */
    public static final Aggregation DEFAULT =
            new Aggregation(KplAggregator.DEFAULT_MAX_BYTES, Integer.MAX_VALUE);

    /** Validates ranges. */
    public Aggregation {
        if (maxBytes < 64 || maxBytes > KplAggregator.LARGEST_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The size of an aggregate must be from 64 to "
                            + KplAggregator.LARGEST_MAX_BYTES
                            + " bytes, but is "
                            + maxBytes);
        }
        if (maxRecords < 1) {
            throw new IllegalArgumentException(
                    "An aggregate must hold at least 1 user record, but may hold " + maxRecords);
        }
    }
}
