package io.hydrant.lambda;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of a Lambda function as the transform. */
public final class LambdaOptions {

    /** The function. */
    public static final ConfigOption<String> FUNCTION_ARN =
            ConfigOptions.key("lambda.function-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "ARN of the Lambda function that transforms records, with a version or an alias if need be. Without it none does. Firehose: LambdaArn of the processor Lambda.");

    /** Repetitions of an invocation that failed. */
    public static final ConfigOption<Integer> RETRIES =
            ConfigOptions.key("lambda.retries")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "How often an invocation that failed is repeated before its records go to the error prefix, 0 to 300. Firehose: NumberOfRetries.");

    /** First wait. */
    public static final ConfigOption<Duration> RETRY_BACKOFF =
            ConfigOptions.key("lambda.retry-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "Wait before the first repetition, 1 ms to 30 s; it doubles from one to the next, up to 30 s.");

    /** Size of a batch. */
    public static final ConfigOption<MemorySize> BUFFER_SIZE =
            ConfigOptions.key("lambda.buffer.size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription(
                            "Payload at which a batch is sent, 0.2 to 3 MiB. A batch whose request would be larger than the 6 MiB that Lambda takes is cut before. Firehose: BufferSizeInMBs.");

    /** Age of a batch. */
    public static final ConfigOption<Duration> BUFFER_INTERVAL =
            ConfigOptions.key("lambda.buffer.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Age of its first record at which a batch is sent as it is, 0 to 900 s. Firehose: BufferIntervalInSeconds.");

    /** Invocations at once. */
    public static final ConfigOption<Integer> MAX_IN_FLIGHT =
            ConfigOptions.key("lambda.max-in-flight")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "Batches of one parallel task under way at once, 1 to 100; results keep the order of the records. Firehose: 5 for each shard.");

    /** Longest invocation. */
    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("lambda.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long an invocation may take before it counts as failed, 1 s to 15 min. Firehose: 5 minutes.");

    /** Several results for a record. */
    public static final ConfigOption<Boolean> SEVERAL_RESULTS =
            ConfigOptions.key("lambda.several-results")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the function may make several records of one, by several results with its recordId. In Firehose, and by default, that is the error Lambda.DuplicatedRecordId.");

    /** What a failed invocation does. */
    public static final ConfigOption<InvocationFailureAction> ON_FAILURE =
            ConfigOptions.key("lambda.on-invocation-failure")
                    .enumType(InvocationFailureAction.class)
                    .defaultValue(InvocationFailureAction.DEAD_LETTER)
                    .withDescription(
                            "What happens when an invocation failed as often as is allowed: DEAD_LETTER sends its records to the error prefix, as Firehose does; FAIL_JOB ends the job, which goes on from its last checkpoint once the function works again.");

    private LambdaOptions() {}
}
