package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;

/**
 * Compresses rows of open objects, and objects of a checkpoint, fast rather than small: they are
 * read back once, if at all. Holds nothing until it is used.
 */
final class RowCodec implements BlockCodec {

    private BlockCodec codec;

    @Override
    public String extension() {
        return Compression.GZIP.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        if (codec == null) {
            codec = Compression.GZIP.codec(CompressionLevel.FAST);
        }
        codec.encode(block, offset, length, out);
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
            codec = null;
        }
    }
}
