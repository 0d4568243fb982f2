package io.hydrant.kinesis.table;

import io.hydrant.kinesis.change.ChangeFormatFactory;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that a table over the stream of a DynamoDB table has of its own. */
public final class DynamoDbStreamsTableOptions {

    /** How records are read. */
    public static final ConfigOption<String> FORMAT =
            ConfigOptions.key("format")
                    .stringType()
                    .defaultValue(ChangeFormatFactory.IDENTIFIER)
                    .withDescription(
                            "Format of a table over DynamoDB Streams. The default makes rows of the items, as"
                                    + " changes; json, raw and others read the stream's records as they are.");

    private DynamoDbStreamsTableOptions() {}
}
