package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;

/**
 * Compresses fast rather than small, for what is read back once, if at all. Holds nothing until it
 * is used.
 */
final class FastCodec implements BlockCodec {

    private final Compression compression;
    private BlockCodec codec;

    FastCodec(Compression compression) {
        this.compression = compression;
    }

    @Override
    public String extension() {
        return compression.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        if (codec == null) {
            codec = compression.codec(CompressionLevel.FAST);
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
