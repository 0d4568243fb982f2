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
            out.reserve(LEAST_ROOM);
            int room = out.capacity() - out.length();
            out.advance(deflater.deflate(out.array(), out.length(), room));
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
