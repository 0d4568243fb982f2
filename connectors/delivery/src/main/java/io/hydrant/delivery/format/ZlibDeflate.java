package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.util.zip.Deflater;

/** DEFLATE by {@code java.util.zip}, one native deflater for all blocks. */
final class ZlibDeflate implements RawDeflate {

    private static final int LEAST_ROOM = 1024;

    private final Deflater deflater;

    ZlibDeflate(int level) {
        this.deflater = new Deflater(level, true);
    }

    @Override
    public void deflate(byte[] block, int offset, int length, GrowingBytes out) {
        deflater.reset();
        deflater.setInput(block, offset, length);
        deflater.finish();
        out.reserve(Math.max(LEAST_ROOM, length / 4));
        while (!deflater.finished()) {
            deflateInto(out, Deflater.NO_FLUSH);
        }
    }

    /**
     * Appends the compressed block as a stretch of a DEFLATE stream that goes on: it ends at a byte
     * boundary, and nothing behind it refers to it.
     */
    void deflateOpenEnded(byte[] block, int offset, int length, GrowingBytes out) {
        deflater.reset();
        deflater.setInput(block, offset, length);
        out.reserve(Math.max(LEAST_ROOM, length / 4));
        while (deflateInto(out, Deflater.SYNC_FLUSH)) {
            // There may be more than there was room for.
        }
    }

    /** Returns whether all the room was used. */
    private boolean deflateInto(GrowingBytes out, int flush) {
        out.reserve(LEAST_ROOM);
        int room = out.capacity() - out.length();
        int written = deflater.deflate(out.array(), out.length(), room, flush);
        out.advance(written);
        return written == room;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
