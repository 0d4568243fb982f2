package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.aggregation.KplAggregator;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/**
 * Options of {@link KinesisSink}. Names, meanings and defaults equal those of Flink's official
 * Kinesis connector where it has the option; plain numbers are taken as bytes and milliseconds, as
 * there.
 */
public final class KinesisSinkOptions {

    /** Records of a batch. */
    public static final ConfigOption<Integer> BATCH_MAX_SIZE =
            ConfigOptions.key("sink.batch.max-size")
                    .intType()
                    .defaultValue(PutLimits.CALL_RECORDS)
                    .withDescription(
                            "Records of one batch at the most. With sink.aggregation.enabled it counts the records"
                                    + " before aggregation, and is 5000 where it is not set.");

    /** Calls at the same time. */
    public static final ConfigOption<Integer> REQUESTS_MAX_INFLIGHT =
            ConfigOptions.key("sink.requests.max-inflight")
                    .intType()
                    .defaultValue(50)
                    .withDescription(
                            "Batches of one task that are being put at the same time; those that wait to be put again"
                                    + " count no more.");

    /** Records that wait. */
    public static final ConfigOption<Integer> REQUESTS_MAX_BUFFERED =
            ConfigOptions.key("sink.requests.max-buffered")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Records that one task keeps for the next batches before it holds back its input;"
                                    + " more than sink.batch.max-size.");

    /** Bytes that wait or are in flight. */
    public static final ConfigOption<MemorySize> REQUESTS_MAX_BUFFERED_SIZE =
            ConfigOptions.key("sink.requests.max-buffered-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Bytes that one task keeps, waiting and being put together, before it holds back its"
                                    + " input; at least sink.flush-buffer.size.");

    /** Bytes of a batch. */
    public static final ConfigOption<MemorySize> FLUSH_BUFFER_SIZE =
            ConfigOptions.key("sink.flush-buffer.size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(5))
                    .withDescription(
                            "Bytes of one batch at the most, up to 10 MiB. A batch is put when it has so many.");

    /** Wait of a batch. */
    public static final ConfigOption<Duration> FLUSH_BUFFER_TIMEOUT =
            ConfigOptions.key("sink.flush-buffer.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How long a record waits for its batch to fill up before it is put anyway.");

    /** Fail instead of putting again. */
    public static final ConfigOption<Boolean> FAIL_ON_ERROR =
            ConfigOptions.key("sink.fail-on-error")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Fail the job as soon as a record has to be put again, even because of throttling.");

    /** Bytes of a record. */
    public static final ConfigOption<MemorySize> RECORD_MAX_SIZE =
            ConfigOptions.key("sink.record.max-size")
                    .memoryType()
                    .defaultValue(new MemorySize(PutLimits.RECORD_BYTES))
                    .withDescription(
                            "Bytes of one record at the most, payload and partition key; up to 10 MiB where the"
                                    + " stream's maximum record size was raised. Larger records go to the sink's"
                                    + " handler of rejected records.");

    /** First pause. */
    public static final ConfigOption<Duration> RETRY_BACKOFF_INITIAL =
            ConfigOptions.key("sink.retry.backoff.initial")
                    .durationType()
                    .defaultValue(Duration.ofMillis(100))
                    .withDescription(
                            "Pause before failed records are put again; doubled from failure to failure.");

    /** Longest pause. */
    public static final ConfigOption<Duration> RETRY_BACKOFF_MAX =
            ConfigOptions.key("sink.retry.backoff.max")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "Longest pause before failed records are put again. A checkpoint waits for it.");

    /** Aggregate or not. */
    public static final ConfigOption<Boolean> AGGREGATION_ENABLED =
            ConfigOptions.key("sink.aggregation.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Pack small records of one shard into KPL aggregates. Readers have to know the format,"
                                    + " as Hydrant's source, Firehose and the KCL do.");

    /** Size of an aggregate. */
    public static final ConfigOption<MemorySize> AGGREGATION_MAX_SIZE =
            ConfigOptions.key("sink.aggregation.max-size")
                    .memoryType()
                    .defaultValue(new MemorySize(KplAggregator.DEFAULT_MAX_BYTES))
                    .withDescription(
                            "Bytes of one aggregate at the most; larger records go alone, as they are.");

    /** Records of an aggregate. */
    public static final ConfigOption<Integer> AGGREGATION_MAX_COUNT =
            ConfigOptions.key("sink.aggregation.max-count")
                    .intType()
                    .defaultValue(Integer.MAX_VALUE)
                    .withDescription("Records of one aggregate at the most.");

    /** Where partition keys come from. */
    public static final ConfigOption<PartitionKeyStrategy> PARTITION_KEY_STRATEGY =
            ConfigOptions.key("sink.partition-key.strategy")
                    .enumType(PartitionKeyStrategy.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where partition keys come from: FIELD (the function given to the sink; the default"
                                    + " where there is one), HASH (of the payload), RANDOM (the default where there is"
                                    + " none) or FIXED (one for each subtask).");

    /** Order of records. */
    public static final ConfigOption<SinkOrder> ORDER =
            ConfigOptions.key("sink.order")
                    .enumType(SinkOrder.class)
                    .defaultValue(SinkOrder.NONE)
                    .withDescription(
                            "Which records of a task land in their order: NONE, or those of one PARTITION_KEY,"
                                    + " which then has one record, with aggregation one aggregate, on its way at a"
                                    + " time.");

    /** Records that the service would never take. */
    public static final ConfigOption<Rejection> REJECTED_RECORDS =
            ConfigOptions.key("sink.rejected-records")
                    .enumType(Rejection.class)
                    .defaultValue(Rejection.FAIL)
                    .withDescription(
                            "What becomes of records that are too large or have an impossible key: FAIL the job, or"
                                    + " DROP them, counted and logged. A handler given to the sink has precedence.");

    /** Stamps that copies of a record share. */
    public static final ConfigOption<Boolean> PRODUCER_IDENTITY_ENABLED =
            ConfigOptions.key("sink.producer-identity.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Give each record the identity of its producer, so that a source with"
                                    + " source.deduplication.enabled leaves out copies that retries have made. It is"
                                    + " a tag in a KPL aggregate, and each record is in one then, even alone.");

    private KinesisSinkOptions() {}
}
