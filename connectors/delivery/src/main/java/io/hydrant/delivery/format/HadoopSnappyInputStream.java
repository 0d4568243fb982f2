package io.hydrant.delivery.format;

import io.airlift.compress.snappy.SnappyDecompressor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * Reads blocks of Hadoop's {@code SnappyCodec}, whoever wrote them. Believes no length that Hadoop
 * would not write: the format has neither a beginning of its own nor checksums, and a file that is
 * something else must not be asked for gigabytes.
 */
final class HadoopSnappyInputStream extends InputStream {

    /** Far above Hadoop's default of 256 KiB. */
    static final int LARGEST_BLOCK = 64 * 1024 * 1024;

    private final DataInputStream in;
    private final SnappyDecompressor snappy = new SnappyDecompressor();
    private byte[] compressed = new byte[0];
    private byte[] chunk = new byte[0];
    private int position;
    private int limit;
    private int restOfBlock;

    HadoopSnappyInputStream(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : chunk[position++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(chunk, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean isAtEnd() throws IOException {
        while (position == limit) {
            if (restOfBlock == 0) {
                int first = in.read();
                if (first < 0) {
                    return true;
                }
                restOfBlock = believable("a block", first << 24 | readRestOfInt());
            } else {
                readChunk();
            }
        }
        return false;
    }

    private int readRestOfInt() throws IOException {
        return in.readUnsignedByte() << 16 | in.readUnsignedShort();
    }

    private void readChunk() throws IOException {
        int length = believable("a chunk", in.readInt());
        compressed = withRoomFor(length, compressed);
        in.readFully(compressed, 0, length);
        int content = SnappyDecompressor.getUncompressedLength(compressed, 0);
        if (content < 0 || content > restOfBlock) {
            throw new ZipException(
                    "A chunk says that it holds "
                            + content
                            + " bytes, of "
                            + restOfBlock
                            + " that are left of its block");
        }
        chunk = withRoomFor(content, chunk);
        limit = snappy.decompress(compressed, 0, length, chunk, 0, chunk.length);
        position = 0;
        restOfBlock -= limit;
    }

    private static byte[] withRoomFor(int length, byte[] array) {
        return array.length < length ? new byte[length] : array;
    }

    private static int believable(String what, int length) throws ZipException {
        if (length < 0 || length > LARGEST_BLOCK) {
            throw new ZipException("The length of " + what + " would be " + length);
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
