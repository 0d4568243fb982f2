package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/**
 * Compresses blocks so that each result stands on its own and results laid end to end are one valid
 * file (a GZIP member per block, for example). That is what lets an open object be cut at any
 * block: the tail of a checkpoint is plain bytes, no codec state.
 *
 * <p>Not thread-safe; one instance serves all open objects of a writer, so native memory does not
 * grow with them.
 */
public interface BlockCodec extends AutoCloseable {

    /** File extension with its dot, such as {@code .gz}; empty for no compression. */
    String extension();

    /** Appends the encoded form of {@code length} bytes of {@code block} to {@code out}. */
    void encode(byte[] block, int offset, int length, GrowingBytes out);

    /** Frees native memory; encoding afterwards is an error. */
    @Override
    void close();
}
