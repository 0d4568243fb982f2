package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * The options of a {@link KinesisSink}, resolved and validated once.
 *
 * @param batchRecords records of a batch at the most
 * @param batchBytes bytes of a batch at the most
 * @param maxInFlight batches being put at the same time
 * @param bufferedRecords records kept at the most
 * @param bufferedBytes bytes kept or being put at the most
 * @param flushTimeout longest wait for a batch to fill up
 * @param recordBytes bytes of a record at the most
 * @param failOnError whether to fail instead of putting again
 * @param backoff pauses before putting again
 * @param aggregation limits of aggregates, or null to put each record for itself
 * @param rules how single records are treated
 */
public record KinesisSinkConfig(
        int batchRecords,
        int batchBytes,
        int maxInFlight,
        int bufferedRecords,
        long bufferedBytes,
        Duration flushTimeout,
        int recordBytes,
        boolean failOnError,
        ExponentialBackoff backoff,
        Aggregation aggregation,
        RecordRules rules)
        implements Serializable {

    private static final int AGGREGATED_BATCH_RECORDS = 5_000;

    /** Validates ranges, and what one option asks of another. */
    public KinesisSinkConfig {
        Objects.requireNonNull(rules, "rules");
        requireRange(
                KinesisSinkOptions.BATCH_MAX_SIZE,
                batchRecords,
                1,
                aggregation == null ? PutLimits.CALL_RECORDS : Integer.MAX_VALUE);
        requireRange(
                KinesisSinkOptions.RECORD_MAX_SIZE, recordBytes, 1, PutLimits.LARGEST_RECORD_BYTES);
        requireRange(
                KinesisSinkOptions.FLUSH_BUFFER_SIZE,
                batchBytes,
                recordBytes,
                PutLimits.CALL_BYTES);
        requireRange(KinesisSinkOptions.REQUESTS_MAX_INFLIGHT, maxInFlight, 1, Integer.MAX_VALUE);
        requireRange(
                KinesisSinkOptions.REQUESTS_MAX_BUFFERED,
                bufferedRecords,
                batchRecords + 1L,
                Integer.MAX_VALUE);
        requireRange(
                KinesisSinkOptions.REQUESTS_MAX_BUFFERED_SIZE,
                bufferedBytes,
                batchBytes,
                Long.MAX_VALUE);
        requireRange(
                KinesisSinkOptions.FLUSH_BUFFER_TIMEOUT,
                flushTimeout.toMillis(),
                1,
                Long.MAX_VALUE);
    }

    /**
     * Reads the {@code sink.*} options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static KinesisSinkConfig from(ReadableConfig config) {
        Aggregation aggregation = aggregation(config);
        return new KinesisSinkConfig(
                config.getOptional(KinesisSinkOptions.BATCH_MAX_SIZE)
                        .orElse(
                                aggregation == null
                                        ? KinesisSinkOptions.BATCH_MAX_SIZE.defaultValue()
                                        : AGGREGATED_BATCH_RECORDS),
                bytes(config, KinesisSinkOptions.FLUSH_BUFFER_SIZE),
                config.get(KinesisSinkOptions.REQUESTS_MAX_INFLIGHT),
                config.get(KinesisSinkOptions.REQUESTS_MAX_BUFFERED),
                config.get(KinesisSinkOptions.REQUESTS_MAX_BUFFERED_SIZE).getBytes(),
                config.get(KinesisSinkOptions.FLUSH_BUFFER_TIMEOUT),
                bytes(config, KinesisSinkOptions.RECORD_MAX_SIZE),
                config.get(KinesisSinkOptions.FAIL_ON_ERROR),
                backoff(config),
                aggregation,
                RecordRules.from(config));
    }

    private static Aggregation aggregation(ReadableConfig config) {
        if (!config.get(KinesisSinkOptions.AGGREGATION_ENABLED)) {
            return null;
        }
        try {
            return new Aggregation(
                    bytes(config, KinesisSinkOptions.AGGREGATION_MAX_SIZE),
                    config.get(KinesisSinkOptions.AGGREGATION_MAX_COUNT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink.aggregation.*: " + e.getMessage(), e);
        }
    }

    private static ExponentialBackoff backoff(ReadableConfig config) {
        try {
            return new ExponentialBackoff(
                    config.get(KinesisSinkOptions.RETRY_BACKOFF_INITIAL),
                    config.get(KinesisSinkOptions.RETRY_BACKOFF_MAX),
                    2,
                    0.2);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink.retry.backoff.*: " + e.getMessage(), e);
        }
    }

    private static int bytes(ReadableConfig config, ConfigOption<MemorySize> option) {
        return (int) Math.min(Integer.MAX_VALUE, config.get(option).getBytes());
    }

    private static void requireRange(ConfigOption<?> option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option.key()
                            + " is "
                            + value
                            + "; it must be at least "
                            + least
                            + (most == Long.MAX_VALUE || most == Integer.MAX_VALUE
                                    ? ""
                                    : " and at most " + most));
        }
    }
}
