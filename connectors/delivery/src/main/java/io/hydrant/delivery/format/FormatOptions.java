package io.hydrant.delivery.format;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the format: what objects look like inside. */
public final class FormatOptions {

    /** Compression of objects. */
    public static final ConfigOption<Compression> COMPRESSION =
            ConfigOptions.key("delivery.compression")
                    .enumType(Compression.class)
                    .defaultValue(Compression.UNCOMPRESSED)
                    .withDescription(
                            "Compression of objects: UNCOMPRESSED or GZIP. Firehose: CompressionFormat.");

    /** Effort of the compression. */
    public static final ConfigOption<String> COMPRESSION_LEVEL =
            ConfigOptions.key("delivery.compression.level")
                    .stringType()
                    .defaultValue(CompressionLevel.DEFAULT.toString())
                    .withDescription(
                            "How hard GZIP tries: default (level 6), fast (ISA-L's level 1 by a native library, several times faster, a quarter larger; "
                                    + "java.util.zip level 1 where it does not load), or 1 to 9. Readers see no difference.");

    /** Newline behind each record. */
    public static final ConfigOption<Boolean> APPEND_NEWLINE =
            ConfigOptions.key("delivery.append-newline")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether every record is followed by a newline. Firehose: the processor AppendDelimiterToRecord; without it records are laid end to end.");

    private FormatOptions() {}
}
