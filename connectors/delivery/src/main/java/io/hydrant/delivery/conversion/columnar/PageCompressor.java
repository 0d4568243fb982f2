package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses pages of Parquet files; the library's own way to its codecs goes through Hadoop. What
 * it returns is valid until the next page: the library copies it before. Not thread-safe.
 */
final class PageCompressor {

    private PageCompressor() {}

    static BytesInputCompressor of(ParquetConfig.PageCompression compression) {
        return switch (compression) {
            case UNCOMPRESSED -> new Codec(CompressionCodecName.UNCOMPRESSED, page -> page);
            case SNAPPY -> new Codec(CompressionCodecName.SNAPPY, new SnappyPages());
            case GZIP -> new Codec(CompressionCodecName.GZIP, new GzipPages());
        };
    }

    /** Arrays of a page's size are so large that the JVM's collector has to work for each. */
    private static final class SnappyPages implements Compression {

        private final GrowingBytes plain = new GrowingBytes(0);
        private byte[] compressed = new byte[0];

        @Override
        public BytesInput apply(BytesInput page) throws IOException {
            plain.clear();
            plain.reserve((int) page.size());
            page.writeAllTo(plain);
            int most = Snappy.maxCompressedLength(plain.length());
            if (compressed.length < most) {
                compressed = new byte[most];
            }
            int length = Snappy.compress(plain.array(), 0, plain.length(), compressed, 0);
            return BytesInput.from(compressed, 0, length);
        }
    }

    private static final class GzipPages implements Compression {

        private final GrowingBytes compressed = new GrowingBytes(0);

        @Override
        public BytesInput apply(BytesInput page) throws IOException {
            compressed.clear();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                page.writeAllTo(gzip);
            }
            return BytesInput.from(compressed.array(), 0, compressed.length());
        }
    }

    private interface Compression {
        BytesInput apply(BytesInput page) throws IOException;
    }

    private record Codec(CompressionCodecName name, Compression compression)
            implements BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return compression.apply(page);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return name;
        }

        @Override
        public void release() {
            // Holds nothing.
        }
    }
}
