package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;

/**
 * Firehose's {@code ParquetSerDe}.
 *
 * <p>Source: Firehose API reference, ParquetSerDe. Row groups are also never larger than an object,
 * so {@code blockSize} is rarely reached; padding has a meaning on HDFS only and is none here.
 *
 * @param blockSize bytes of a row group, at least 64 MiB
 * @param pageSize bytes of a page, at least 64 KiB
 * @param compression codec of the pages
 * @param dictionary whether values are written as indexes into a dictionary where that is smaller
 * @param isVersion2 whether data pages are of version 2
 */
public record ParquetConfig(
        int blockSize,
        int pageSize,
        PageCompression compression,
        boolean dictionary,
        boolean isVersion2)
        implements ColumnarConfig {

    /** Firehose's defaults. */
    public static final ParquetConfig DEFAULT =
            new ParquetConfig(256 << 20, 1 << 20, PageCompression.SNAPPY, false, false);

    /** Codecs under Firehose's names. */
    public enum PageCompression {
        /** None. */
        UNCOMPRESSED,
        /** DEFLATE in gzip's frame. */
        GZIP,
        /** Snappy blocks. */
        SNAPPY
    }

    private static final int LEAST_BLOCK = 64 << 20;
    private static final int LEAST_PAGE = 64 << 10;

    /** Validates the ranges. */
    public ParquetConfig {
        if (blockSize < LEAST_BLOCK) {
            throw new IllegalArgumentException(
                    "BlockSizeBytes is " + blockSize + "; it must be at least " + LEAST_BLOCK);
        }
        if (pageSize < LEAST_PAGE) {
            throw new IllegalArgumentException(
                    "PageSizeBytes is " + pageSize + "; it must be at least " + LEAST_PAGE);
        }
    }

    @Override
    public ColumnarFormat format() {
        return ColumnarFormat.PARQUET;
    }

    @Override
    public ColumnarFile open(HiveType.Struct columns) throws IOException {
        return new ParquetFile(columns, this);
    }
}
