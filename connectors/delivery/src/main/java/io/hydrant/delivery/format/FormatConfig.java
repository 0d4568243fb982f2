package io.hydrant.delivery.format;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * What objects look like inside, resolved and validated once; tasks make their formats and codecs
 * from it.
 *
 * @param compression compression of objects
 * @param level effort of the compression
 * @param appendNewline whether every record is followed by a newline
 */
public record FormatConfig(Compression compression, CompressionLevel level, boolean appendNewline)
        implements Serializable {

    /** Validates that nothing is missing, and that level and compression go together. */
    public FormatConfig {
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(level, "level");
        if (!level.suits(compression)) {
            throw new IllegalArgumentException(
                    FormatOptions.COMPRESSION_LEVEL.key()
                            + ": "
                            + level
                            + " is a level of ZSTD, and "
                            + FormatOptions.COMPRESSION.key()
                            + " is "
                            + compression
                            + "; default, fast, or 1 to 9");
        }
    }

    /**
     * Reads {@link FormatOptions}.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static FormatConfig from(ReadableConfig config) {
        return new FormatConfig(
                config.get(FormatOptions.COMPRESSION),
                level(config.get(FormatOptions.COMPRESSION_LEVEL)),
                config.get(FormatOptions.APPEND_NEWLINE));
    }

    /** A codec for one writer; the caller closes it. */
    public BlockCodec codec() {
        return compression.codec(level);
    }

    /** The format for data records. */
    public RecordFormat recordFormat() {
        return new JsonLinesFormat(appendNewline);
    }

    private static CompressionLevel level(String text) {
        try {
            return CompressionLevel.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    FormatOptions.COMPRESSION_LEVEL.key() + ": " + e.getMessage(), e);
        }
    }
}
