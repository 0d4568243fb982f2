package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/** Turns a block into one finished DEFLATE stream (RFC 1951) without any wrapper. */
interface RawDeflate extends AutoCloseable {

    /** Appends the compressed block to {@code out}. */
    void deflate(byte[] block, int offset, int length, GrowingBytes out);

    @Override
    void close();
}
