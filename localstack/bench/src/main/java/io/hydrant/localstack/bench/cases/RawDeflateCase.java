package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The limit: the same bytes through DEFLATE and nowhere else, on one thread. */
final class RawDeflateCase {

    private static final int BUFFER = 64 * 1024;
    private static final int BLOCK = 1024 * 1024;

    private RawDeflateCase() {}

    static Measured run(CaseSettings settings, FlightLines lines) throws IOException {
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.FAST)) {
            // Loads the native library, which is no part of the limit.
            codec.encode(new byte[1], 0, 1, new GrowingBytes(BLOCK));
            long start = System.currentTimeMillis();
            long written =
                    settings.benchCase() == BenchCase.RAW_FAST
                            ? nativeDeflate(settings, lines, codec)
                            : javaDeflate(settings, lines);
            long end = System.currentTimeMillis();
            return new Measured(
                    0, start, 0, 0, end, 0, ProcessMeter.heapAfterCollection(), 0, 0, written);
        }
    }

    private static long javaDeflate(CaseSettings settings, FlightLines lines) throws IOException {
        CountingStream counted = new CountingStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(counted, BUFFER)) {
            GrowingBytes block = new GrowingBytes(BLOCK);
            for (long i = 0; i < settings.records(); i++) {
                block.write(lines.line(i));
                block.write('\n');
                if (block.length() >= BLOCK) {
                    gzip.write(block.array(), 0, block.length());
                    block.clear();
                }
            }
            gzip.write(block.array(), 0, block.length());
        }
        return counted.count;
    }

    private static long nativeDeflate(CaseSettings settings, FlightLines lines, BlockCodec codec) {
        long written = 0;
        GrowingBytes block = new GrowingBytes(BLOCK);
        GrowingBytes out = new GrowingBytes(BLOCK);
        for (long i = 0; i < settings.records(); i++) {
            block.write(lines.line(i));
            block.write('\n');
            if (block.length() >= BLOCK || i == settings.records() - 1) {
                codec.encode(block.array(), 0, block.length(), out);
                block.clear();
                written += out.length();
                out.clear();
            }
        }
        return written;
    }

    private static final class CountingStream extends OutputStream {

        private long count;

        @Override
        public void write(int value) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
