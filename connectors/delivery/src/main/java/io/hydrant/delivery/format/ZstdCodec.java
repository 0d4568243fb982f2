package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Makes every block one Zstandard frame (RFC 8878) with its content's length and checksum. Frames
 * laid end to end are one file.
 */
final class ZstdCodec implements BlockCodec {

    private final ZstdCompressCtx zstd;

    ZstdCodec(int level) {
        zstd = new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true);
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
