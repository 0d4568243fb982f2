package io.hydrant.delivery.format;

/**
 * How objects are compressed, by the names that Firehose's {@code CompressionFormat} has for it.
 *
 * <p>Source: Firehose API reference, ExtendedS3DestinationConfiguration; the extensions: developer
 * guide, "Amazon S3 object names". {@link #ZSTD} is Hydrant's own.
 */
public enum Compression {
    /** Not at all. */
    UNCOMPRESSED(""),
    /** As a sequence of gzip members (RFC 1952), which every gunzip reads as one file. */
    GZIP(".gz"),
    /** As a ZIP archive with one deflated entry, which may be read as a stream. */
    ZIP(".zip"),
    /** As chunks of Snappy's framing format, each with a CRC-32C of its content. */
    SNAPPY(".snappy"),
    /** As blocks of Hadoop's SnappyCodec. */
    HADOOP_SNAPPY(".hsnappy"),
    /** As a sequence of Zstandard frames (RFC 8878), which every reader takes for one file. */
    ZSTD(".zst");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /** File extension with its dot, such as {@code .gz}; empty for no compression. */
    public String extension() {
        return extension;
    }

    /** The most bytes that may go into one file; ZIP has 32 bits for them. */
    public long largestContent() {
        return this == ZIP ? ZipCodec.LARGEST_CONTENT : Long.MAX_VALUE;
    }

    /**
     * A codec of this compression.
     *
     * @param level how hard to try; means something to GZIP, ZIP and ZSTD
     */
    public BlockCodec codec(CompressionLevel level) {
        return switch (this) {
            case UNCOMPRESSED -> new PlainCodec();
            case GZIP -> new GzipCodec(level.deflate());
            case ZIP -> new ZipCodec(level.zlibLevel());
            case SNAPPY -> new FramedSnappyCodec();
            case HADOOP_SNAPPY -> new HadoopSnappyCodec();
            case ZSTD -> level.zstd();
        };
    }
}
