package io.hydrant.sql.kda.job;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;

/** Options of an application that runs as a job, beside those of source and sink. */
public final class KdaJobOptions {

    /** Silence after which time goes on without records. */
    public static final ConfigOption<Duration> IDLE_TIMEOUT =
            ConfigOptions.key("kda.idle-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long a shard is silent before windows no longer wait for it. When all are, and had been read"
                                    + " to their end, time goes on by the clock, this much behind it, so that the last"
                                    + " window closes, too. A record that comes later than that has the ROWTIME at which"
                                    + " time stands then.");

    /** Silence after which a backlog counts as read. */
    public static final ConfigOption<Duration> BACKLOG_TIMEOUT =
            ConfigOptions.key("kda.backlog-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long all shards are silent before time goes on by the clock where the last record was an"
                                    + " old one, or none was read yet: it might be that there are more, and that they"
                                    + " cannot be read at the moment.");

    /** Time between two looks at a reference object. */
    public static final ConfigOption<Duration> REFERENCE_INTERVAL =
            ConfigOptions.key("kda.reference.refresh-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How often the object of a reference table is asked for its ETag; where it is another one, the"
                                    + " table is read anew. 0 reads it at the start only.");

    /** Endpoint of S3. */
    public static final ConfigOption<String> S3_ENDPOINT =
            ConfigOptions.key("kda.s3.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where S3 is, for reference tables; 'aws.endpoint' where it is not set.");

    /** Endpoint of Lambda. */
    public static final ConfigOption<String> LAMBDA_ENDPOINT =
            ConfigOptions.key("kda.lambda.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where Lambda is; 'aws.endpoint' where it is not set.");

    /** Longest invocation. */
    public static final ConfigOption<Duration> LAMBDA_TIMEOUT =
            ConfigOptions.key("kda.lambda.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription("How long an invocation of a function may take.");

    /** Records of an invocation. */
    public static final ConfigOption<Integer> LAMBDA_BATCH_RECORDS =
            ConfigOptions.key("kda.lambda.batch.max-records")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "How many records a function is given at the most in one invocation; never more than 3 MiB."
                                    + " A task holds as many for each of its invocations, and once more.");

    /** Age of a batch. */
    public static final ConfigOption<Duration> LAMBDA_BATCH_INTERVAL =
            ConfigOptions.key("kda.lambda.batch.interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription(
                            "How long the first record of an invocation waits for others.");

    /** Invocations at once. */
    public static final ConfigOption<Integer> LAMBDA_IN_FLIGHT =
            ConfigOptions.key("kda.lambda.max-in-flight")
                    .intType()
                    .defaultValue(5)
                    .withDescription("How many invocations of a task are under way at once.");

    /** Endpoint of Firehose. */
    public static final ConfigOption<String> FIREHOSE_ENDPOINT =
            ConfigOptions.key("kda.firehose.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where Firehose is; 'aws.endpoint' where it is not set.");

    private KdaJobOptions() {}
}
