package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The limit: the same bytes through a codec and nowhere else, on one thread. */
final class RawCodecCase {

    private static final int BUFFER = 64 * 1024;
    private static final int BLOCK = 1024 * 1024;

    private final long records;
    private final FlightLines lines;
    private long warmMillis;

    private RawCodecCase(long records, FlightLines lines) {
        this.records = records;
        this.lines = lines;
    }

    static Measured run(CaseSettings settings, FlightLines lines) throws IOException {
        RawCodecCase raw = new RawCodecCase(settings.records(), lines);
        BenchCase one = settings.benchCase();
        CompressionLevel level = CompressionLevel.parse(one.level());
        try (BlockCodec codec = one.compression().codec(level)) {
            // Loads the native library, which is no part of the limit.
            codec.encode(new byte[1], 0, 1, new GrowingBytes(BLOCK));
            long start = System.currentTimeMillis();
            long written = one == BenchCase.RAW_GZIP ? raw.javaDeflate() : raw.blocks(codec);
            long end = System.currentTimeMillis();
            return new Measured(
                    0,
                    start,
                    raw.warmMillis,
                    raw.records / FlinkRun.WARM_UP_SHARE,
                    end,
                    0,
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    written);
        }
    }

    private long javaDeflate() throws IOException {
        CountingStream counted = new CountingStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(counted, BUFFER)) {
            eachBlock(block -> gzip.write(block.array(), 0, block.length()));
        }
        return counted.count;
    }

    private long blocks(BlockCodec codec) throws IOException {
        CountingStream counted = new CountingStream();
        GrowingBytes out = new GrowingBytes(BLOCK);
        eachBlock(
                block -> {
                    codec.encode(block.array(), 0, block.length(), out);
                    counted.write(out.array(), 0, out.length());
                    out.clear();
                });
        return counted.count;
    }

    private void eachBlock(BlockSink sink) throws IOException {
        GrowingBytes block = new GrowingBytes(BLOCK);
        for (long i = 0; i < records; i++) {
            if (i == records / FlinkRun.WARM_UP_SHARE) {
                warmMillis = System.currentTimeMillis();
            }
            block.write(lines.line(i));
            block.write('\n');
            if (block.length() >= BLOCK || i == records - 1) {
                sink.write(block);
                block.clear();
            }
        }
    }

    /** What a block of lines goes through. */
    @FunctionalInterface
    private interface BlockSink {
        void write(GrowingBytes block) throws IOException;
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
