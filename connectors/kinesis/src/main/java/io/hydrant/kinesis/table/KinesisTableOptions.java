package io.hydrant.kinesis.table;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options that a table has beside those of the source, the sink and the client. Names, meanings and
 * defaults equal those of Flink's official Kinesis connector.
 */
public final class KinesisTableOptions {

    /** The stream behind the table. */
    public static final ConfigOption<String> STREAM_ARN =
            ConfigOptions.key("stream.arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("ARN of the stream behind a table.");

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
                            "Partition key of a row of a table without PARTITIONED BY: random (a new one for each row,"
                                    + " also where the option is absent), fixed (one for each task, so that its rows stay"
                                    + " in one shard), or the name of a class that implements"
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
