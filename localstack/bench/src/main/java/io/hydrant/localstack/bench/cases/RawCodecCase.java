package io.hydrant.localstack.bench.cases;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.localstack.bench.measure.Measured;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The limit: the same bytes through a codec and nowhere else. */
final class RawCodecCase extends RawThreads.Share {

    private static final int BUFFER = 64 * 1024;
    private static final int BLOCK = 1024 * 1024;

    private final BenchCase benchCase;
    private final FlightLines lines;
    private final CountingStream written = new CountingStream();

    private RawCodecCase(BenchCase benchCase, FlightLines lines, long from, long to) {
        super(from, to);
        this.benchCase = benchCase;
        this.lines = lines;
    }

    static Measured run(CaseSettings settings, FlightLines lines) throws Exception {
        BenchCase one = settings.benchCase();
        try (BlockCodec codec = codec(one)) {
            // Loads the native library, which is no part of the limit.
            codec.encode(new byte[1], 0, 1, new GrowingBytes(BLOCK));
        }
        return RawThreads.run(settings, (from, to) -> new RawCodecCase(one, lines, from, to));
    }

    private static BlockCodec codec(BenchCase one) {
        return one.compression().codec(CompressionLevel.parse(one.level()));
    }

    /** The lines of each group through a codec of its own, in blocks. */
    @Override
    public Long call() throws IOException {
        List<GrowingBytes> blocks = new ArrayList<>();
        List<BlockSink> sinks = new ArrayList<>();
        for (int i = 0; i < Math.max(1, benchCase.partitions()); i++) {
            blocks.add(new GrowingBytes(BLOCK));
            sinks.add(newSink());
        }
        for (long i = from; i < to; i++) {
            reached(i);
            int group = (int) (i % blocks.size());
            GrowingBytes block = blocks.get(group);
            block.write(lines.line(i));
            block.write('\n');
            if (block.length() >= BLOCK) {
                sinks.get(group).write(block);
                block.clear();
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            sinks.get(i).write(blocks.get(i));
            sinks.get(i).close();
        }
        return written.count;
    }

    private BlockSink newSink() throws IOException {
        return switch (benchCase) {
            case RAW_GZIP, RAW_GZIP_10 -> new JavaGzip(written);
            default -> new Blocks(codec(benchCase), written);
        };
    }

    /** What a block of lines goes through. */
    private interface BlockSink extends Closeable {
        void write(GrowingBytes block) throws IOException;
    }

    /** As Java has it. */
    private static final class JavaGzip implements BlockSink {

        private final GZIPOutputStream gzip;

        JavaGzip(OutputStream written) throws IOException {
            gzip = new GZIPOutputStream(written, BUFFER);
        }

        @Override
        public void write(GrowingBytes block) throws IOException {
            gzip.write(block.array(), 0, block.length());
        }

        @Override
        public void close() throws IOException {
            gzip.close();
        }
    }

    /** By a codec of ours. */
    private static final class Blocks implements BlockSink {

        private final BlockCodec codec;
        private final OutputStream written;
        private final GrowingBytes out = new GrowingBytes(BLOCK);

        Blocks(BlockCodec codec, OutputStream written) {
            this.codec = codec;
            this.written = written;
        }

        @Override
        public void write(GrowingBytes block) throws IOException {
            codec.encode(block.array(), 0, block.length(), out);
            written.write(out.array(), 0, out.length());
            out.clear();
        }

        @Override
        public void close() {
            codec.close();
        }
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
