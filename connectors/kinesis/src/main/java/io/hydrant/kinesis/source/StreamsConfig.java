package io.hydrant.kinesis.source;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How streams and their shards are found and followed.
 *
 * @param discoveryInterval how often streams that match a pattern are looked for
 * @param order when children of a shard are read
 */
public record StreamsConfig(Duration discoveryInterval, ShardOrder order) implements Serializable {

    /** Validates the interval. */
    public StreamsConfig {
        Objects.requireNonNull(order, "order");
        KinesisSourceConfig.requirePositive(
                KinesisSourceOptions.STREAM_DISCOVERY_INTERVAL, discoveryInterval);
    }

    static StreamsConfig from(ReadableConfig config) {
        return new StreamsConfig(
                config.get(KinesisSourceOptions.STREAM_DISCOVERY_INTERVAL),
                config.get(KinesisSourceOptions.SHARD_ORDER));
    }
}
