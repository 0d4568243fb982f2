package io.hydrant.kinesis.source;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The options of enhanced fan-out, resolved and validated once.
 *
 * @param readerType whether shards are polled or subscribed to
 * @param consumerName the consumer's name, null where shards are polled
 * @param lifecycle who registers the consumer
 * @param subscriptionTimeout how long a subscription may take to be accepted, and then be silent
 * @param describeMinDelay pause between looks at a consumer that is not active yet, at first
 * @param describeMaxDelay the same at last
 * @param describeAttempts looks at the most
 * @param deregisterTimeout how long deregistering may take
 */
public record FanOutConfig(
        ReaderType readerType,
        String consumerName,
        ConsumerLifecycle lifecycle,
        Duration subscriptionTimeout,
        Duration describeMinDelay,
        Duration describeMaxDelay,
        int describeAttempts,
        Duration deregisterTimeout)
        implements Serializable {

    /** Source: Kinesis Data Streams API reference, {@code RegisterStreamConsumer}. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    /** Validates ranges and what goes together. */
    public FanOutConfig {
        Objects.requireNonNull(readerType, "readerType");
        Objects.requireNonNull(lifecycle, "lifecycle");
        if (readerType == ReaderType.EFO
                && (consumerName == null || !NAME.matcher(consumerName).matches())) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.EFO_CONSUMER_NAME.key()
                            + (consumerName == null ? " is missing" : " is '" + consumerName + "'")
                            + "; "
                            + KinesisSourceOptions.READER_TYPE.key()
                            + " EFO needs a name of 1 to 128 letters, digits, '_', '.' and '-' that"
                            + " no other reader of the stream uses");
        }
        KinesisSourceConfig.requirePositive(
                KinesisSourceOptions.EFO_SUBSCRIPTION_TIMEOUT, subscriptionTimeout);
        KinesisSourceConfig.requirePositive(
                KinesisSourceOptions.EFO_DESCRIBE_MIN_DELAY, describeMinDelay);
        KinesisSourceConfig.requirePositive(
                KinesisSourceOptions.EFO_DEREGISTER_TIMEOUT, deregisterTimeout);
        if (describeMaxDelay.compareTo(describeMinDelay) < 0) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.EFO_DESCRIBE_MAX_DELAY.key()
                            + " is "
                            + describeMaxDelay
                            + "; it must not be less than "
                            + KinesisSourceOptions.EFO_DESCRIBE_MIN_DELAY.key()
                            + ", which is "
                            + describeMinDelay);
        }
        if (describeAttempts < 1) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.EFO_DESCRIBE_ATTEMPTS.key()
                            + " is "
                            + describeAttempts
                            + "; it must be at least 1");
        }
    }

    /**
     * Reads {@code source.reader.type} and the {@code source.efo.*} options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static FanOutConfig from(ReadableConfig config) {
        return new FanOutConfig(
                config.get(KinesisSourceOptions.READER_TYPE),
                config.get(KinesisSourceOptions.EFO_CONSUMER_NAME),
                config.get(KinesisSourceOptions.EFO_LIFECYCLE),
                config.get(KinesisSourceOptions.EFO_SUBSCRIPTION_TIMEOUT),
                config.get(KinesisSourceOptions.EFO_DESCRIBE_MIN_DELAY),
                config.get(KinesisSourceOptions.EFO_DESCRIBE_MAX_DELAY),
                config.get(KinesisSourceOptions.EFO_DESCRIBE_ATTEMPTS),
                config.get(KinesisSourceOptions.EFO_DEREGISTER_TIMEOUT));
    }

    /** Whether shards are subscribed to. */
    public boolean isEnabled() {
        return readerType == ReaderType.EFO;
    }
}
