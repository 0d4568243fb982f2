package io.hydrant.jobs.ingest;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options of the job that the agent's file has no field for; its {@code Hydrant} object has them.
 */
public final class IngestOptions {

    /** Files kept open. */
    public static final ConfigOption<Integer> OPEN_FILES =
            ConfigOptions.key("ingest.open-files.max")
                    .intType()
                    .defaultValue(512)
                    .withDescription(
                            "Files that a flow keeps open at the most, those that grew last. Of a file that is removed"
                                    + " while it is open, the rest is still read.");

    /** Where Firehose is. */
    public static final ConfigOption<String> FIREHOSE_ENDPOINT =
            ConfigOptions.key("ingest.firehose.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of Firehose, for flows to a deliveryStream: the agent's firehose.endpoint. Without"
                                    + " it, that of the region, whatever aws.endpoint is.");

    /** Objects that are remembered. */
    public static final ConfigOption<Integer> REMEMBERED_OBJECTS =
            ConfigOptions.key("ingest.queue.remembered-objects")
                    .intType()
                    .defaultValue(100_000)
                    .withDescription(
                            "Objects that a flow with a sourceQueue has read and remembers, the last ones: another"
                                    + " notification of one of them is known as a copy. Each takes 24 bytes of state.");

    /** Fields that neither the agent nor Hydrant has. */
    public static final ConfigOption<UnknownFields> UNKNOWN_FIELDS =
            ConfigOptions.key("ingest.unknown-fields")
                    .enumType(UnknownFields.class)
                    .defaultValue(UnknownFields.REFUSE)
                    .withDescription(
                            "What becomes of fields of the agent's file that are none where they stand: REFUSE the"
                                    + " file, or IGNORE them as the agent does, each with a note.");

    /** What becomes of fields that are none. */
    public enum UnknownFields {
        /** The file is refused. */
        REFUSE,

        /** They are noted and passed over. */
        IGNORE
    }

    private IngestOptions() {}
}
