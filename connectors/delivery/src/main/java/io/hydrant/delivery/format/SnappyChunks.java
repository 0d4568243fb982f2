package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import io.airlift.compress.snappy.SnappyCompressor;

/**
 * Raw Snappy, in pieces of at most {@value #LARGEST} bytes: the framing format allows no more, and
 * Snappy itself looks back no further.
 */
final class SnappyChunks {

    static final int LARGEST = 64 * 1024;

    private final SnappyCompressor snappy = new SnappyCompressor();

    /**
     * Appends a compressed chunk.
     *
     * @return its length
     */
    int compress(byte[] block, int offset, int length, GrowingBytes out) {
        out.reserve(snappy.maxCompressedLength(length));
        int written =
                snappy.compress(
                        block,
                        offset,
                        length,
                        out.array(),
                        out.length(),
                        out.capacity() - out.length());
        out.advance(written);
        return written;
    }
}
