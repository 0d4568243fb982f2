package io.hydrant.kinesis.source;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;

/**
 * Leaving out copies of records that a {@link io.hydrant.kinesis.sink.KinesisSink} has stamped.
 *
 * @param maxProducers producers of a shard that are remembered at the most
 * @param retention how long after its last record a producer is remembered
 */
public record DeduplicationConfig(int maxProducers, Duration retention) implements Serializable {

    /** Validates ranges. */
    public DeduplicationConfig {
        if (maxProducers < 1) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.DEDUPLICATION_MAX_PRODUCERS.key()
                            + " is "
                            + maxProducers
                            + "; it must be at least 1");
        }
        KinesisSourceConfig.requirePositive(
                KinesisSourceOptions.DEDUPLICATION_RETENTION, retention);
    }

    /** Reads {@code source.deduplication.*}; null where copies stay. */
    static DeduplicationConfig from(ReadableConfig config) {
        if (!config.get(KinesisSourceOptions.DEDUPLICATION_ENABLED)) {
            return null;
        }
        if (!config.get(KinesisSourceOptions.DEAGGREGATION)) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.DEDUPLICATION_ENABLED.key()
                            + " is true, but "
                            + KinesisSourceOptions.DEAGGREGATION.key()
                            + " is false; only aggregates carry what tells copies apart, so take them"
                            + " apart, or let the copies stay");
        }
        return new DeduplicationConfig(
                config.get(KinesisSourceOptions.DEDUPLICATION_MAX_PRODUCERS),
                config.get(KinesisSourceOptions.DEDUPLICATION_RETENTION));
    }
}
