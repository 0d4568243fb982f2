package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.util.zip.CRC32C;

/**
 * Makes chunks of Snappy's framing format: the stream identifier, then chunks of at most 64 KiB,
 * each with the masked CRC-32C of its content. Content that does not compress is stored.
 *
 * <p>Source: Snappy, "Snappy framing format description" (framing_format.txt, 2013-10-25).
 */
final class FramedSnappyCodec implements BlockCodec {

    private static final byte[] IDENTIFIER = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

    private static final int COMPRESSED = 0;
    private static final int UNCOMPRESSED = 1;
    private static final int CHECKSUM_LENGTH = 4;
    private static final int MASK = 0xa282ead8;

    private final SnappyChunks snappy = new SnappyChunks();
    private final CRC32C crc = new CRC32C();
    private boolean isClosed;

    @Override
    public String extension() {
        return Compression.SNAPPY.extension();
    }

    @Override
    public void begin(GrowingBytes out) {
        out.write(IDENTIFIER);
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        if (isClosed) {
            throw new IllegalStateException("The codec is closed");
        }
        for (int done = 0; done < length; done += SnappyChunks.LARGEST) {
            encodeChunk(block, offset + done, Math.min(SnappyChunks.LARGEST, length - done), out);
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private void encodeChunk(byte[] block, int offset, int length, GrowingBytes out) {
        int headerAt = out.length();
        LittleEndian.writeInt(0, out);
        crc.reset();
        crc.update(block, offset, length);
        LittleEndian.writeInt(masked((int) crc.getValue()), out);
        int contentAt = out.length();
        int compressed = snappy.compress(block, offset, length, out);
        int type = COMPRESSED;
        // As the description advises: what shrinks by less than an eighth is not worth its
        // decoding.
        if (compressed >= length - length / 8) {
            out.truncate(contentAt);
            out.write(block, offset, length);
            type = UNCOMPRESSED;
        }
        int chunkLength = CHECKSUM_LENGTH + out.length() - contentAt;
        byte[] bytes = out.array();
        bytes[headerAt] = (byte) type;
        bytes[headerAt + 1] = (byte) chunkLength;
        bytes[headerAt + 2] = (byte) (chunkLength >>> 8);
        bytes[headerAt + 3] = (byte) (chunkLength >>> 16);
    }

    /** A checksum that stands inside content that is checked again is better not a plain one. */
    private static int masked(int checksum) {
        return Integer.rotateRight(checksum, 15) + MASK;
    }
}
