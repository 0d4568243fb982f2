package io.hydrant.s3.table;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options that a table has beside those of the sink, the buffer, the names and the client. */
public final class S3TableOptions {

    /** What stands for a partition column without a value. */
    public static final ConfigOption<String> DEFAULT_PARTITION =
            ConfigOptions.key("partition.default-name")
                    .stringType()
                    .defaultValue("__HIVE_DEFAULT_PARTITION__")
                    .withDescription(
                            "What a PARTITIONED BY column of a table shows in the prefix where it is null or an empty text. Not empty.");

    private S3TableOptions() {}
}
