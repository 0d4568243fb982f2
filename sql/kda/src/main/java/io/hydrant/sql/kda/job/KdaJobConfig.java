package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.kinesis.call.BatchFunction;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.Map;

/**
 * How an application runs, resolved and validated once.
 *
 * @param aws how Kinesis is reached
 * @param s3 how S3 is reached
 * @param lambda how functions are reached
 * @param firehose how Firehose is reached
 * @param source how the input is read
 * @param sink how Kinesis is written
 * @param idleTimeout silence after which time goes on without a shard
 * @param backlogTimeout silence after which a backlog counts as read
 * @param referenceInterval time between two looks at a reference object; zero for one look
 * @param functionTimeout how long an invocation may take
 * @param functionBatches how records are gathered for functions
 */
record KdaJobConfig(
        AwsClientConfig aws,
        AwsClientConfig s3,
        AwsClientConfig lambda,
        AwsClientConfig firehose,
        KinesisSourceConfig source,
        KinesisSinkConfig sink,
        Duration idleTimeout,
        Duration backlogTimeout,
        Duration referenceInterval,
        Duration functionTimeout,
        BatchFunction.Limits functionBatches) {

    /** What one invocation takes, 6 MiB, holds after base64 and with what is around it. */
    private static final int MAX_FUNCTION_BYTES = 3 * 1024 * 1024;

    private static final int MAX_FUNCTION_RECORDS = 10_000;
    private static final int MAX_IN_FLIGHT = 100;

    private static final OptionCatalog CATALOG =
            OptionCatalog.of(
                    KdaJobOptions.class,
                    AwsOptions.class,
                    KinesisSourceOptions.class,
                    KinesisSinkOptions.class);

    KdaJobConfig {
        requirePositive(KdaJobOptions.IDLE_TIMEOUT, idleTimeout);
        requirePositive(KdaJobOptions.BACKLOG_TIMEOUT, backlogTimeout);
        if (referenceInterval.isNegative()) {
            throw wrong(KdaJobOptions.REFERENCE_INTERVAL, referenceInterval, "0 or longer");
        }
        requirePositive(KdaJobOptions.LAMBDA_TIMEOUT, functionTimeout);
        requirePositive(KdaJobOptions.LAMBDA_BATCH_INTERVAL, functionBatches.interval());
        requireUpTo(
                KdaJobOptions.LAMBDA_BATCH_RECORDS,
                functionBatches.records(),
                MAX_FUNCTION_RECORDS);
        requireUpTo(KdaJobOptions.LAMBDA_IN_FLIGHT, functionBatches.inFlight(), MAX_IN_FLIGHT);
    }

    /**
     * Reads the options of an application.
     *
     * @param given values by key
     * @param startingPosition what its document says, or null
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    static KdaJobConfig from(Map<String, String> given, String startingPosition) {
        CATALOG.requireKnown(given.keySet());
        Configuration config = Configuration.fromMap(given);
        if (config.getOptional(KinesisSourceOptions.INIT_POSITION).isEmpty()) {
            config.set(KinesisSourceOptions.INIT_POSITION, position(startingPosition));
        }
        return new KdaJobConfig(
                AwsClientConfig.from(config),
                AwsClientConfig.from(withEndpoint(config, KdaJobOptions.S3_ENDPOINT)),
                AwsClientConfig.from(withEndpoint(config, KdaJobOptions.LAMBDA_ENDPOINT)),
                AwsClientConfig.from(withEndpoint(config, KdaJobOptions.FIREHOSE_ENDPOINT)),
                KinesisSourceConfig.from(config),
                KinesisSinkConfig.from(config),
                config.get(KdaJobOptions.IDLE_TIMEOUT),
                config.get(KdaJobOptions.BACKLOG_TIMEOUT),
                config.get(KdaJobOptions.REFERENCE_INTERVAL),
                config.get(KdaJobOptions.LAMBDA_TIMEOUT),
                new BatchFunction.Limits(
                        config.get(KdaJobOptions.LAMBDA_BATCH_RECORDS),
                        MAX_FUNCTION_BYTES,
                        config.get(KdaJobOptions.LAMBDA_BATCH_INTERVAL),
                        config.get(KdaJobOptions.LAMBDA_IN_FLIGHT)));
    }

    /**
     * Where an application begins that goes on from no savepoint: at the newest record, as KDA's
     * did where nothing was said. LAST_STOPPED_POINT is what a savepoint holds; a job without one
     * must not leave out what came since, so it begins at the oldest.
     */
    private static InitialPosition position(String named) {
        return named == null || named.equals("NOW")
                ? InitialPosition.LATEST
                : InitialPosition.TRIM_HORIZON;
    }

    private static Configuration withEndpoint(Configuration common, ConfigOption<String> own) {
        Configuration config = new Configuration(common);
        config.getOptional(own).ifPresent(value -> config.set(AwsOptions.ENDPOINT, value));
        return config;
    }

    private static void requireUpTo(ConfigOption<Integer> option, int value, int max) {
        if (value < 1 || value > max) {
            throw wrong(option, value, "1 to " + max);
        }
    }

    private static void requirePositive(ConfigOption<Duration> option, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw wrong(option, value, "longer than 0");
        }
    }

    private static IllegalArgumentException wrong(
            ConfigOption<?> option, Object value, String allowed) {
        return new IllegalArgumentException(
                option.key() + " is " + value + "; it must be " + allowed);
    }
}
