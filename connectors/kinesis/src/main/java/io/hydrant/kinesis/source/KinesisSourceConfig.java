package io.hydrant.kinesis.source;

import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.RecordDecoding;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The source's options, resolved and validated once.
 *
 * @param initialPosition where reading begins without state
 * @param initialTimestamp the time for AT_TIMESTAMP, else null
 * @param discoveryInterval how often new shards are looked for
 * @param maxRecordsPerCall records that one call asks for at the most
 * @param targetBytesPerCall payload that one call should return at the most
 * @param callInterval shortest time between two calls for one shard
 * @param idleCallInterval the same after a call that returned nothing
 * @param readerThreads threads per task
 * @param decoding who turns answers into records
 * @param deaggregate whether KPL aggregates are taken apart
 * @param outOfRange what becomes of aggregated user records outside the shard
 * @param positionLost what happens at a position that the stream no longer holds
 * @param end where reading ends
 * @param streams how streams and their shards are found and followed
 * @param fanOut whether and how enhanced fan-out is used
 * @param deduplication how copies are left out, or null to let them stay
 */
public record KinesisSourceConfig(
        InitialPosition initialPosition,
        Instant initialTimestamp,
        Duration discoveryInterval,
        int maxRecordsPerCall,
        long targetBytesPerCall,
        Duration callInterval,
        Duration idleCallInterval,
        int readerThreads,
        RecordDecoding decoding,
        boolean deaggregate,
        OutOfRange outOfRange,
        PositionLost positionLost,
        EndConfig end,
        StreamsConfig streams,
        FanOutConfig fanOut,
        DeduplicationConfig deduplication)
        implements Serializable {

    private static final int SERVICE_MAX_RECORDS = 10_000;
    private static final int MAX_THREADS = 256;

    /** Validates ranges and what goes together. */
    public KinesisSourceConfig {
        Objects.requireNonNull(initialPosition, "initialPosition");
        Objects.requireNonNull(outOfRange, "outOfRange");
        Objects.requireNonNull(positionLost, "positionLost");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(fanOut, "fanOut");
        Objects.requireNonNull(decoding, "decoding");
        if ((initialPosition == InitialPosition.AT_TIMESTAMP) != (initialTimestamp != null)) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.INIT_POSITION.key()
                            + " is "
                            + initialPosition
                            + " and "
                            + KinesisSourceOptions.INIT_TIMESTAMP.key()
                            + " is "
                            + initialTimestamp
                            + "; AT_TIMESTAMP needs a time, and nothing else takes one");
        }
        end.requireAfter(initialPosition, initialTimestamp);
        requirePositive(KinesisSourceOptions.SHARD_DISCOVERY_INTERVAL, discoveryInterval);
        requirePositive(KinesisSourceOptions.GET_RECORDS_INTERVAL, callInterval);
        requirePositive(KinesisSourceOptions.EMPTY_RECORDS_FETCH_INTERVAL, idleCallInterval);
        requireWithin(
                KinesisSourceOptions.GET_RECORDS_MAX_RECORDS,
                maxRecordsPerCall,
                SERVICE_MAX_RECORDS);
        requireWithin(KinesisSourceOptions.READER_THREADS, readerThreads, MAX_THREADS);
        if (targetBytesPerCall < 1) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.GET_RECORDS_TARGET_BYTES.key()
                            + " is "
                            + targetBytesPerCall
                            + " bytes; it must be at least 1");
        }
    }

    /**
     * Reads the {@code source.*} options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static KinesisSourceConfig from(ReadableConfig config) {
        return new KinesisSourceConfig(
                config.get(KinesisSourceOptions.INIT_POSITION),
                TimestampOption.read(
                        config,
                        KinesisSourceOptions.INIT_TIMESTAMP,
                        KinesisSourceOptions.INIT_TIMESTAMP_FORMAT),
                config.get(KinesisSourceOptions.SHARD_DISCOVERY_INTERVAL),
                config.get(KinesisSourceOptions.GET_RECORDS_MAX_RECORDS),
                config.get(KinesisSourceOptions.GET_RECORDS_TARGET_BYTES).getBytes(),
                config.get(KinesisSourceOptions.GET_RECORDS_INTERVAL),
                config.get(KinesisSourceOptions.EMPTY_RECORDS_FETCH_INTERVAL),
                config.get(KinesisSourceOptions.READER_THREADS),
                config.get(KinesisSourceOptions.GET_RECORDS_DECODING),
                config.get(KinesisSourceOptions.DEAGGREGATION),
                config.get(KinesisSourceOptions.DEAGGREGATION_OUT_OF_RANGE),
                config.get(KinesisSourceOptions.POSITION_LOST),
                EndConfig.from(config),
                StreamsConfig.from(config),
                FanOutConfig.from(config),
                DeduplicationConfig.from(config));
    }

    /**
     * The same that ends at a time.
     *
     * @throws IllegalArgumentException if it would begin there or later
     */
    public KinesisSourceConfig endingAt(Instant time) {
        return new KinesisSourceConfig(
                initialPosition,
                initialTimestamp,
                discoveryInterval,
                maxRecordsPerCall,
                targetBytesPerCall,
                callInterval,
                idleCallInterval,
                readerThreads,
                decoding,
                deaggregate,
                outOfRange,
                positionLost,
                new EndConfig(EndPosition.AT_TIMESTAMP, time),
                streams,
                fanOut,
                deduplication);
    }

    static void requirePositive(ConfigOption<?> option, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be at least 1 ms");
        }
    }

    private static void requireWithin(ConfigOption<?> option, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be from 1 to " + max);
        }
    }
}
