package io.hydrant.expression;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of a transform in SQL. */
public final class ExpressionOptions {

    /** What is made of each record. */
    public static final ConfigOption<String> SELECT =
            ConfigOptions.key("delivery.transform.select")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "SQL that transforms each record by itself: SELECT carrier, delay * 60 AS delay_s FROM records WHERE delay > 0. "
                                    + "A record becomes a JSON object of the columns; one that WHERE does not let through is dropped. "
                                    + "A column called partitionKeys.x is a key for !{partitionKeyFromLambda:x} and not part of the object. "
                                    + "Takes the place of delivery.transform.class.");

    /** The columns that it may ask for. */
    public static final ConfigOption<String> COLUMNS =
            ConfigOptions.key("delivery.transform.columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What delivery.transform.select reads of a record of JSON, as one type of Hive: struct<carrier:string,delay:int,tags:array<string>>. "
                                    + "There are as well stream_name, shard_id, sequence_number, partition_key, arrival_time, and payload, the whole record as text.");

    private ExpressionOptions() {}
}
