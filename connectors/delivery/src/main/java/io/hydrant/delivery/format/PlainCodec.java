package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/** Leaves blocks as they are. */
final class PlainCodec implements BlockCodec {

    @Override
    public String extension() {
        return Compression.UNCOMPRESSED.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        out.write(block, offset, length);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
