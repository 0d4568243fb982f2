package io.hydrant.delivery.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import java.io.InputStream;
import java.util.Objects;
import java.util.zip.ZipException;

/** Reads frames of {@link ZstdCodec} one after the other: each says how long its content is. */
final class ZstdBlocks extends InputStream {

    /** A block is a raw chunk of an object's buffer; a length beyond that is damage. */
    private static final long LARGEST_BLOCK = 1 << 30;

    private final byte[] blocks;
    private final int end;
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private byte[] content = new byte[0];
    private int next;
    private int position;
    private int available;

    ZstdBlocks(byte[] blocks, int length) {
        this.blocks = blocks;
        this.end = length;
    }

    @Override
    public int read() throws ZipException {
        return isAtEnd() ? -1 : content[position++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws ZipException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, available - position);
        System.arraycopy(content, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean isAtEnd() throws ZipException {
        while (position == available) {
            if (next == end) {
                return true;
            }
            decompressNext();
        }
        return false;
    }

    private void decompressNext() throws ZipException {
        try {
            int stored = length(Zstd.findFrameCompressedSize(blocks, next, end - next), end - next);
            int length = length(Zstd.getFrameContentSize(blocks, next, end - next), LARGEST_BLOCK);
            if (content.length < length) {
                content = new byte[length];
            }
            available = zstd.decompressByteArray(content, 0, length, blocks, next, stored);
            position = 0;
            next += stored;
        } catch (ZstdException e) {
            ZipException damaged = new ZipException(e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static int length(long said, long most) throws ZipException {
        if (said < 0 || said > most) {
            throw new ZipException("A block of Zstandard does not say how long it is");
        }
        return (int) said;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
