package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.conversion.schema.HiveType;

import java.io.IOException;
import java.util.List;

/**
 * Firehose's {@code OrcSerDe}.
 *
 * <p>Source: Firehose API reference, OrcSerDe. Padding and block size keep stripes within the
 * blocks of HDFS; they are obeyed, though S3 has no blocks.
 *
 * @param stripeSize bytes of a stripe, at least 8 MiB
 * @param blockSize bytes of a block that stripes do not straddle, at least 64 MiB
 * @param rowIndexStride rows between entries of the index, at least 1000
 * @param padding whether stripes are padded to blocks
 * @param paddingTolerance share of a stripe that may be padding, 0 to 1
 * @param compression codec of the streams
 * @param bloomFilterColumns columns that get a Bloom filter
 * @param bloomFilterFpp share of false positives of the filters, 0 to 1
 * @param dictionaryThreshold share of distinct texts up to which they go into a dictionary, 0 to 1
 * @param isVersion11 whether the file is written for Hive 0.11
 */
public record OrcConfig(
        int stripeSize,
        int blockSize,
        int rowIndexStride,
        boolean padding,
        double paddingTolerance,
        StreamCompression compression,
        List<String> bloomFilterColumns,
        double bloomFilterFpp,
        double dictionaryThreshold,
        boolean isVersion11)
        implements ColumnarConfig {

    /**
     * Firehose's defaults; of the dictionary's threshold the one of ORC, for Firehose names none.
     */
    public static final OrcConfig DEFAULT =
            new OrcConfig(
                    64 << 20,
                    256 << 20,
                    10_000,
                    false,
                    0.05,
                    StreamCompression.SNAPPY,
                    List.of(),
                    0.05,
                    0.8,
                    false);

    /** Codecs under Firehose's names. */
    public enum StreamCompression {
        /** None. */
        NONE,
        /** DEFLATE. */
        ZLIB,
        /** Snappy. */
        SNAPPY
    }

    private static final int LEAST_STRIPE = 8 << 20;
    private static final int LEAST_BLOCK = 64 << 20;
    private static final int LEAST_STRIDE = 1000;

    /** Validates the ranges. */
    public OrcConfig {
        bloomFilterColumns = List.copyOf(bloomFilterColumns);
        requireAtLeast("StripeSizeBytes", stripeSize, LEAST_STRIPE);
        requireAtLeast("BlockSizeBytes", blockSize, LEAST_BLOCK);
        requireAtLeast("RowIndexStride", rowIndexStride, LEAST_STRIDE);
        requireShare("PaddingTolerance", paddingTolerance);
        requireShare("BloomFilterFalsePositiveProbability", bloomFilterFpp);
        requireShare("DictionaryKeyThreshold", dictionaryThreshold);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be at least " + least);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from 0 to 1");
        }
    }

    @Override
    public ColumnarFormat format() {
        return ColumnarFormat.ORC;
    }

    @Override
    public ColumnarFile open(HiveType.Struct columns) throws IOException {
        return new OrcColumnarFile(columns, this);
    }
}
