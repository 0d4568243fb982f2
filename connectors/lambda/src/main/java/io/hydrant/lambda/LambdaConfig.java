package io.hydrant.lambda;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.delivery.transform.BatchLimits;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * A Lambda function as the transform, resolved and validated once.
 *
 * @param function the function
 * @param retries repetitions of an invocation that failed
 * @param retryBackoff wait before the first of them
 * @param bufferSize payload at which a batch is sent, bytes
 * @param bufferInterval age at which a batch is sent
 * @param maxInFlight batches of one task under way at once
 * @param timeout how long an invocation may take
 * @param severalResults whether a record may become several
 * @param onFailure what happens when the repetitions are used up
 */
public record LambdaConfig(
        FunctionArn function,
        int retries,
        Duration retryBackoff,
        long bufferSize,
        Duration bufferInterval,
        int maxInFlight,
        Duration timeout,
        boolean severalResults,
        InvocationFailureAction onFailure)
        implements Serializable {

    /** What Lambda takes and gives in one synchronous invocation, bytes. */
    static final long MAX_PAYLOAD = 6L * 1024 * 1024;

    /** 0.2 MiB. */
    private static final long MIN_BUFFER_SIZE = 1024 * 1024 / 5;

    private static final long MAX_BUFFER_SIZE = 3L * 1024 * 1024;
    private static final int MAX_RETRIES = 300;
    private static final int MOST_IN_FLIGHT = 100;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(15);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** Validates ranges. */
    public LambdaConfig {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(onFailure, "onFailure");
        require(LambdaOptions.RETRIES, retries, 0, MAX_RETRIES);
        require(LambdaOptions.MAX_IN_FLIGHT, maxInFlight, 1, MOST_IN_FLIGHT);
        require(
                LambdaOptions.RETRY_BACKOFF,
                retryBackoff,
                Duration.ofMillis(1),
                LONGEST_BACKOFF,
                "1 ms to 30 s");
        require(
                LambdaOptions.BUFFER_INTERVAL,
                bufferInterval,
                Duration.ZERO,
                LONGEST_INTERVAL,
                "0 to 900 s");
        require(
                LambdaOptions.TIMEOUT,
                timeout,
                Duration.ofSeconds(1),
                LONGEST_TIMEOUT,
                "1 s to 15 min");
        if (bufferSize < MIN_BUFFER_SIZE || bufferSize > MAX_BUFFER_SIZE) {
            throw wrong(LambdaOptions.BUFFER_SIZE, bufferSize + " bytes", "0.2 to 3 MiB");
        }
    }

    /**
     * Reads {@link LambdaOptions}.
     *
     * @return null where no function is named
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static LambdaConfig from(ReadableConfig config) {
        String function = config.get(LambdaOptions.FUNCTION_ARN);
        return function == null
                ? null
                : new LambdaConfig(
                        function(function),
                        config.get(LambdaOptions.RETRIES),
                        config.get(LambdaOptions.RETRY_BACKOFF),
                        config.get(LambdaOptions.BUFFER_SIZE).getBytes(),
                        config.get(LambdaOptions.BUFFER_INTERVAL),
                        config.get(LambdaOptions.MAX_IN_FLIGHT),
                        config.get(LambdaOptions.TIMEOUT),
                        config.get(LambdaOptions.SEVERAL_RESULTS),
                        config.get(LambdaOptions.ON_FAILURE));
    }

    BatchLimits limits() {
        return new BatchLimits(
                bufferSize,
                MAX_PAYLOAD - RequestWriter.MAX_ENVELOPE_BYTES,
                bufferInterval,
                maxInFlight,
                BatchLimits.DEFAULT_PATIENCE);
    }

    ExponentialBackoff backoff() {
        return new ExponentialBackoff(retryBackoff, LONGEST_BACKOFF, 2, 0.2);
    }

    private static FunctionArn function(String arn) {
        try {
            return FunctionArn.parse(arn);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    LambdaOptions.FUNCTION_ARN.key() + ": " + e.getMessage(), e);
        }
    }

    private static void require(ConfigOption<Integer> option, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(option, value, min + " to " + max);
        }
    }

    private static void require(
            ConfigOption<Duration> option,
            Duration value,
            Duration min,
            Duration max,
            String allowed) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw wrong(option, value, allowed);
        }
    }

    private static IllegalArgumentException wrong(
            ConfigOption<?> option, Object value, String allowed) {
        return new IllegalArgumentException(
                option.key() + " is " + value + "; it must be " + allowed);
    }
}
