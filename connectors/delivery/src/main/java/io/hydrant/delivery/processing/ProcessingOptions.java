package io.hydrant.delivery.processing;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of the steps before and behind the transform, Firehose's processors. */
public final class ProcessingOptions {

    /** Whether records are decompressed. */
    public static final ConfigOption<Boolean> DECOMPRESSION =
            ConfigOptions.key("delivery.decompression")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether records are GZIP and are decompressed before anything else. Firehose: the processor Decompression.");

    /** The largest that a record may become. */
    public static final ConfigOption<MemorySize> DECOMPRESSION_MAX_SIZE =
            ConfigOptions.key("delivery.decompression.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "The largest that a record may become when decompressed; a larger one goes to the error prefix. At most 1 gb.");

    /** Whether only log messages are kept. */
    public static final ConfigOption<Boolean> LOG_MESSAGES =
            ConfigOptions.key("delivery.cloudwatch-logs.extract-messages")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether of records of CloudWatch Logs only the messages of their events are kept, a line each. Firehose: the processor CloudWatchLogProcessing with DataMessageExtraction.");

    /** How records within a record are told apart. */
    public static final ConfigOption<SubRecordType> SUB_RECORD_TYPE =
            ConfigOptions.key("delivery.deaggregation.type")
                    .enumType(SubRecordType.class)
                    .noDefaultValue()
                    .withDescription(
                            "How the records that lie in one record are told apart: JSON or DELIMITED. Default: a record is one. Firehose: SubRecordType of the processor RecordDeAggregation.");

    /** What stands between records within a record. */
    public static final ConfigOption<String> DELIMITER =
            ConfigOptions.key("delivery.deaggregation.delimiter")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What stands between them where the type is DELIMITED, in base64. Firehose: Delimiter of the processor RecordDeAggregation.");

    /** Whether records go under a prefix by their keys. */
    public static final ConfigOption<Boolean> DYNAMIC_PARTITIONING =
            ConfigOptions.key("delivery.dynamic-partitioning")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the prefix holds partitioning keys, so that records go under a prefix of their own; as many as there are. Firehose: DynamicPartitioningConfiguration.");

    /** The query for the keys. */
    public static final ConfigOption<String> QUERY =
            ConfigOptions.key("delivery.metadata-extraction.query")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "jq 1.6 query that makes one object of a record, whose fields are the keys of partitionKeyFromQuery. Plain paths such as {id: .customer.id} are the fastest. "
                                    + "Firehose: MetadataExtractionQuery of the processor MetadataExtraction.");

    private ProcessingOptions() {}
}
