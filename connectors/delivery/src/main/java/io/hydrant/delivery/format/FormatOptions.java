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
                            "Compression of objects: UNCOMPRESSED, GZIP, ZIP (one entry), SNAPPY (framing format), HADOOP_SNAPPY, or ZSTD, which Firehose has not. "
                                    + "Firehose: CompressionFormat.");

    /** Effort of the compression. */
    public static final ConfigOption<String> COMPRESSION_LEVEL =
            ConfigOptions.key("delivery.compression.level")
                    .stringType()
                    .defaultValue(CompressionLevel.DEFAULT.toString())
                    .withDescription(
                            "How hard GZIP, ZIP or ZSTD tries: default (level 6), fast (level 1; for GZIP ISA-L's by a native library, several times faster, "
                                    + "a quarter larger, java.util.zip's where it does not load), or 1 to 9, for ZSTD 1 to 19. Both default and fast of ZSTD are a "
                                    + "setting for records, which on JSON lines is faster than its level 3 and as small. Readers see no difference.");

    /** Newline behind each record. */
    public static final ConfigOption<Boolean> APPEND_NEWLINE =
            ConfigOptions.key("delivery.append-newline")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether every record is followed by a newline. Firehose: the processor AppendDelimiterToRecord; without it records are laid end to end.");

    private FormatOptions() {}
}
