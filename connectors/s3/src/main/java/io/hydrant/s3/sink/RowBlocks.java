package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The rows of an open object as they are kept until its file is written: in the tail of its buffer,
 * in staged segments and in checkpoints. Each of them says by its first bytes how it is compressed.
 */
final class RowBlocks {

    /**
     * Rows are compressed on the subtask's thread and decompressed once; Zstandard does both for a
     * fraction of what DEFLATE takes, and makes them smaller.
     */
    private static final Compression COMPRESSION = Compression.ZSTD;

    /** Both bytes of a gzip member's magic number; no Zstandard frame begins like that. */
    private static final int GZIP = 0x1f8b;

    private RowBlocks() {}

    static FastCodec codec() {
        return new FastCodec(COMPRESSION);
    }

    /** Rows of a tail or a segment; to be closed. */
    static InputStream content(byte[] blocks, int length) throws IOException {
        return isOfVersion3(blocks, length)
                ? Decompression.of(new ByteArrayInputStream(blocks, 0, length), Compression.GZIP)
                : Decompression.ofZstdBlocks(blocks, length);
    }

    /**
     * A tail of a checkpoint in the form that this release continues: up to version 3 of the
     * writer's state it was gzip, and a reader takes no two formats in one row.
     */
    static byte[] renewed(byte[] tail, BlockCodec codec) {
        if (!isOfVersion3(tail, tail.length)) {
            return tail;
        }
        try (InputStream rows = content(tail, tail.length)) {
            byte[] content = rows.readAllBytes();
            GrowingBytes renewed = new GrowingBytes(tail.length);
            codec.encode(content, 0, content.length, renewed);
            return renewed.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "State is damaged: the rows of an open object cannot be read", e);
        }
    }

    private static boolean isOfVersion3(byte[] blocks, int length) {
        return length > 1 && ((blocks[0] & 0xFF) << 8 | (blocks[1] & 0xFF)) == GZIP;
    }
}
