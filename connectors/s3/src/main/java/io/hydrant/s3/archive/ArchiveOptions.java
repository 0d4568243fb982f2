package io.hydrant.s3.archive;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of a read of archived records. */
public final class ArchiveOptions {

    /** Where the archive lies. */
    public static final ConfigOption<String> LOCATION =
            ConfigOptions.key("archive.location")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Read the objects under this place, such as s3://bucket/prefix/, and not the stream: records that"
                                    + " were archived by Firehose, by Hydrant or by anything else. The job ends with the"
                                    + " last of them. On the command line: --from s3://bucket/prefix/.");

    /** How records stand in the objects. */
    public static final ConfigOption<ArchiveFormat> FORMAT =
            ConfigOptions.key("archive.format")
                    .enumType(ArchiveFormat.class)
                    .defaultValue(ArchiveFormat.AUTO)
                    .withDescription(
                            "How records stand in the objects of an archive: LINES (a line each), JSON (values end to end, with"
                                    + " or without white space between them) or AUTO (JSON where an object begins with a"
                                    + " brace, else LINES). Whether objects are compressed their first bytes tell.");

    /** Largest record. */
    public static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
            ConfigOptions.key("archive.max-record-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(10))
                    .withDescription(
                            "Largest record of an archive; an object with a larger one cannot be read to its end.");

    /** What is done about damaged objects. */
    public static final ConfigOption<UnreadableObjects> UNREADABLE =
            ConfigOptions.key("archive.unreadable")
                    .enumType(UnreadableObjects.class)
                    .defaultValue(UnreadableObjects.FAIL)
                    .withDescription(
                            "What is done about an object of an archive that is damaged or holds a record that is too large:"
                                    + " FAIL, naming it, or SKIP the rest of it, with a line in the log and the metric"
                                    + " unreadableObjects.");

    private ArchiveOptions() {}
}
