package io.hydrant.kinesis.sink;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a sink treats single records.
 *
 * @param partitionKey where partition keys come from, or null for {@link
 *     PartitionKeyStrategy#FIELD} where a function is given, else {@link
 *     PartitionKeyStrategy#RANDOM}
 * @param order which records keep their order
 * @param rejection what becomes of records that the service would never take
 * @param producerIdentity whether records get a stamp that copies share
 */
public record RecordRules(
        PartitionKeyStrategy partitionKey,
        SinkOrder order,
        Rejection rejection,
        boolean producerIdentity)
        implements Serializable {

    /** What holds where nothing is said. */
    static final RecordRules DEFAULT = new RecordRules(null, SinkOrder.NONE, Rejection.FAIL, false);

    /** Validates that nothing is missing. */
    public RecordRules {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(rejection, "rejection");
    }

    static RecordRules from(ReadableConfig config) {
        return new RecordRules(
                config.get(KinesisSinkOptions.PARTITION_KEY_STRATEGY),
                config.get(KinesisSinkOptions.ORDER),
                config.get(KinesisSinkOptions.REJECTED_RECORDS),
                config.get(KinesisSinkOptions.PRODUCER_IDENTITY_ENABLED));
    }

    /** The strategy that holds, given whether there is a function. */
    PartitionKeyStrategy partitionKeyOr(boolean function) {
        if (partitionKey == PartitionKeyStrategy.FIELD && !function) {
            throw new IllegalArgumentException(
                    KinesisSinkOptions.PARTITION_KEY_STRATEGY.key()
                            + " is FIELD, but no field is named: give the sink a partitionKey function,"
                            + " or set the option to HASH, RANDOM or FIXED");
        }
        if (partitionKey != null) {
            return partitionKey;
        }
        return function ? PartitionKeyStrategy.FIELD : PartitionKeyStrategy.RANDOM;
    }
}
