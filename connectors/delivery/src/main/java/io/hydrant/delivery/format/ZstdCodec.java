package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Makes every block one Zstandard frame (RFC 8878) with its content's length and checksum. Frames
 * laid end to end are one file.
 *
 * <p>Records of a stream repeat long stretches, names and constants, between values that do not
 * repeat. {@link #forRecords} looks for such stretches alone: on JSON lines the short matches that
 * the library's levels 1 to 3 find as well cost more bytes as sequences than they save, and time
 * besides. Text in a human language wants a level.
 */
final class ZstdCodec implements BlockCodec {

    /** Zstandard's longest. */
    private static final int LONG_MATCH = 7;

    /** Logarithm; a table of 32 KiB stays in the first cache, and long stretches need no more. */
    private static final int SMALL_TABLE = 13;

    private final ZstdCompressCtx zstd;

    private ZstdCodec(ZstdCompressCtx zstd) {
        this.zstd = zstd.setChecksum(true).setContentSize(true);
    }

    /** A codec for records, which are smaller in it than at level 3 and take less time. */
    static ZstdCodec forRecords() {
        return new ZstdCodec(
                new ZstdCompressCtx().setLevel(1).setMinMatch(LONG_MATCH).setHashLog(SMALL_TABLE));
    }

    /** A codec as the library has that level. */
    static ZstdCodec ofLevel(int level) {
        return new ZstdCodec(new ZstdCompressCtx().setLevel(level));
    }

    @Override
    public String extension() {
        return Compression.ZSTD.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        out.reserve((int) Zstd.compressBound(length));
        int room = out.capacity() - out.length();
        out.advance(zstd.compressByteArray(out.array(), out.length(), room, block, offset, length));
    }

    @Override
    public void close() {
        zstd.close();
    }
}
