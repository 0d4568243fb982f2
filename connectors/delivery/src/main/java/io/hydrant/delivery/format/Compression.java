package io.hydrant.delivery.format;

/**
 * How the content of objects is compressed, under the names of Firehose's {@code
 * CompressionFormat}.
 *
 * <p>Source: Firehose API reference, ExtendedS3DestinationConfiguration. Its ZIP, Snappy and
 * HADOOP_SNAPPY are not built yet.
 */
public enum Compression {
    /** Not at all. */
    UNCOMPRESSED(""),
    /** As a sequence of gzip members (RFC 1952), which every gunzip reads as one file. */
    GZIP(".gz");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /** File extension with its dot, such as {@code .gz}; empty for no compression. */
    public String extension() {
        return extension;
    }

    /**
     * A codec of this compression.
     *
     * @param level how hard to try; without meaning for {@link #UNCOMPRESSED}
     */
    public BlockCodec codec(CompressionLevel level) {
        return switch (this) {
            case UNCOMPRESSED -> new PlainCodec();
            case GZIP -> new GzipCodec(level.deflate());
        };
    }
}
