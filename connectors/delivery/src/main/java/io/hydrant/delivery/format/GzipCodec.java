package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.util.zip.CRC32;

/**
 * Makes every block one gzip member (RFC 1952): ten bytes of header, a finished DEFLATE stream,
 * CRC-32 and length. Members laid end to end are one gzip file.
 */
final class GzipCodec implements BlockCodec {

    /** Magic, DEFLATE, no flags, no time (equal input gives equal bytes), unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final RawDeflate deflate;
    private final CRC32 crc = new CRC32();

    GzipCodec(RawDeflate deflate) {
        this.deflate = deflate;
    }

    @Override
    public String extension() {
        return Compression.GZIP.extension();
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        out.write(HEADER);
        deflate.deflate(block, offset, length, out);
        crc.reset();
        crc.update(block, offset, length);
        LittleEndian.writeInt((int) crc.getValue(), out);
        LittleEndian.writeInt(length, out);
    }

    @Override
    public void close() {
        deflate.close();
    }
}
