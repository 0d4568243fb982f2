package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

/**
 * Makes what Hadoop's {@code SnappyCodec} makes: blocks, each of its length before compression, the
 * length of its one chunk, and the chunk in raw Snappy. Lengths are big-endian. Hadoop's reader
 * holds 256 KiB of a chunk by default, before and after compression, so chunks stay well below.
 *
 * <p>Source: Apache Hadoop, {@code BlockCompressorStream} and {@code SnappyCodec}.
 */
final class HadoopSnappyCodec implements BlockCodec {

    private final SnappyChunks snappy = new SnappyChunks();
    private boolean isClosed;

    @Override
    public String extension() {
        return Compression.HADOOP_SNAPPY.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        if (isClosed) {
            throw new IllegalStateException("The codec is closed");
        }
        for (int done = 0; done < length; done += SnappyChunks.LARGEST) {
            int chunk = Math.min(SnappyChunks.LARGEST, length - done);
            writeInt(chunk, out);
            int lengthAt = out.length();
            writeInt(0, out);
            setInt(snappy.compress(block, offset + done, chunk, out), lengthAt, out);
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private static void writeInt(int value, GrowingBytes out) {
        out.reserve(Integer.BYTES);
        setInt(value, out.length(), out);
        out.advance(Integer.BYTES);
    }

    private static void setInt(int value, int position, GrowingBytes out) {
        byte[] bytes = out.array();
        bytes[position] = (byte) (value >>> 24);
        bytes[position + 1] = (byte) (value >>> 16);
        bytes[position + 2] = (byte) (value >>> 8);
        bytes[position + 3] = (byte) value;
    }
}
