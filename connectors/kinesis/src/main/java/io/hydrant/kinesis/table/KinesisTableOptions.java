package io.hydrant.kinesis.table;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.List;

/**
 * Options that a table has beside those of the source, the sink and the client. Names, meanings and
 * defaults equal those of Flink's official Kinesis connector where it has the option.
 */
public final class KinesisTableOptions {

    /** The stream behind the table. */
    public static final ConfigOption<List<String>> STREAM_ARN =
            ConfigOptions.key("stream.arn")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "ARN of the stream behind a table; a table that is only read may have several, with ';'"
                                    + " between them.");

    /** The stream by its name. */
    public static final ConfigOption<List<String>> STREAM =
            ConfigOptions.key("stream")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the stream behind the table, in the account of the credentials and in"
                                    + " aws.region, in place of stream.arn. A table that is only read may have several,"
                                    + " with ';' between them, beside stream.arn, too.");

    /** Streams by a pattern. */
    public static final ConfigOption<String> STREAM_PATTERN =
            ConfigOptions.key("stream.pattern")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Regular expression of the names of the streams behind a table that is only read, in place"
                                    + " of stream.arn and stream; also finds streams that are made while the job runs.");

    /** Idleness by its older name. */
    public static final ConfigOption<Long> SHARD_IDLE_INTERVAL =
            ConfigOptions.key("scan.shard.idle.interval")
                    .longType()
                    .defaultValue(-1L)
                    .withDescription(
                            "Milliseconds after which a table's shard without new records holds no watermark up; not"
                                    + " above 0: never. Flink's own option scan.watermark.idle-timeout does the same.");

    /** Where a row without partition columns goes. */
    public static final ConfigOption<String> SINK_PARTITIONER =
            ConfigOptions.key("sink.partitioner")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Partition key of a row of a table without PARTITIONED BY: random or fixed, which are RANDOM"
                                    + " and FIXED of sink.partition-key.strategy, or the name of a class that implements"
                                    + " io.hydrant.kinesis.sink.PartitionKey for RowData.");

    /** What stands between the values of partition columns. */
    public static final ConfigOption<String> SINK_PARTITIONER_FIELD_DELIMITER =
            ConfigOptions.key("sink.partitioner-field-delimiter")
                    .stringType()
                    .defaultValue("|")
                    .withDescription(
                            "What stands between the values of the PARTITIONED BY columns in a partition key; may be"
                                    + " empty.");

    private KinesisTableOptions() {}
}
