package io.hydrant.delivery.conversion.columnar;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses pages of Parquet files; the library's own way to its codecs goes through Hadoop. */
final class PageCompressor {

    private static final int LEAST_ROOM = 64;

    private PageCompressor() {}

    static BytesInputCompressor of(ParquetConfig.PageCompression compression) {
        return switch (compression) {
            case UNCOMPRESSED -> new Codec(CompressionCodecName.UNCOMPRESSED, page -> page);
            case SNAPPY -> new Codec(CompressionCodecName.SNAPPY, PageCompressor::snappy);
            case GZIP -> new Codec(CompressionCodecName.GZIP, PageCompressor::gzip);
        };
    }

    private static BytesInput snappy(BytesInput page) throws IOException {
        GrowingBytes plain = new GrowingBytes((int) page.size());
        page.writeAllTo(plain);
        byte[] compressed = new byte[Snappy.maxCompressedLength(plain.length())];
        int length = Snappy.compress(plain.array(), 0, plain.length(), compressed, 0);
        return BytesInput.from(compressed, 0, length);
    }

    private static BytesInput gzip(BytesInput page) throws IOException {
        GrowingBytes compressed = new GrowingBytes((int) page.size() / 2 + LEAST_ROOM);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            page.writeAllTo(gzip);
        }
        return BytesInput.from(compressed.array(), 0, compressed.length());
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
