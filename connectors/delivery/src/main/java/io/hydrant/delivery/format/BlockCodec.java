package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/**
 * Compresses blocks so that results laid end to end are one valid file (a GZIP member per block,
 * for example). That is what lets an open object be cut at any block: the tail of a checkpoint is
 * plain bytes, and all that a file needs to know of its earlier blocks is in {@link ContentTotals}.
 *
 * <p>Not thread-safe; one instance serves all open objects of a writer, so native memory does not
 * grow with them.
 */
public interface BlockCodec extends AutoCloseable {

    /** File extension with its dot, such as {@code .gz}; empty for no compression. */
    String extension();

    /** Appends what stands in front of a file's first block. */
    default void begin(GrowingBytes out) {}

    /** Appends the encoded form of {@code length} bytes of {@code block} to {@code out}. */
    void encode(byte[] block, int offset, int length, GrowingBytes out);

    /**
     * The checksum of a file's content so far and one more block; always 0 where the format has
     * none over the whole.
     *
     * @param soFar that of the content in front of the block, 0 where there is none
     */
    default int checksum(int soFar, byte[] block, int offset, int length) {
        return 0;
    }

    /** Appends what stands behind a file's last block. */
    default void finish(ContentTotals totals, GrowingBytes out) {}

    /** Frees native memory; encoding afterwards is an error. */
    @Override
    void close();
}
