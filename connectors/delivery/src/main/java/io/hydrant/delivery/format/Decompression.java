package io.hydrant.delivery.format;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyFramedInputStream;
import io.airlift.compress.zstd.ZstdInputStream;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads back what the codecs of {@link Compression} and their like have written. */
public final class Decompression {

    private static final int BUFFER = 64 * 1024;

    private static final byte[][] BEGINNINGS = {
        {0x1f, (byte) 0x8b},
        {'P', 'K', 3, 4},
        {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'},
        {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}
    };

    private static final Compression[] OF_BEGINNING = {
        Compression.GZIP, Compression.ZIP, Compression.SNAPPY, Compression.ZSTD
    };

    private static final int LONGEST_BEGINNING = 10;
    private static final int LARGEST_FIRST_BYTE_OF_HADOOP =
            HadoopSnappyInputStream.LARGEST_BLOCK >>> 24;

    private Decompression() {}

    /**
     * The content of a compressed file; closing it closes the file. Of a ZIP archive it is that of
     * the first entry.
     *
     * @throws ZipException if the file is not compressed like that or damaged; reading on may tell
     *     so, too
     * @throws EOFException if the file ends early; reading on may tell so, too
     */
    public static InputStream of(InputStream stored, Compression compression) throws IOException {
        return switch (compression) {
            case UNCOMPRESSED -> stored;
            case GZIP -> new GZIPInputStream(new MemberInputStream(stored), BUFFER);
            case ZIP -> firstEntry(stored);
            case SNAPPY ->
                    new OneKindOfDamage(stored, file -> new SnappyFramedInputStream(file, true));
            case HADOOP_SNAPPY -> new OneKindOfDamage(stored, HadoopSnappyInputStream::new);
            case ZSTD -> new OneKindOfDamage(stored, ZstdInputStream::new);
        };
    }

    /**
     * The content of blocks that a codec of {@link Compression#ZSTD} wrote, in memory, by the
     * native library: several times faster than a reader of any such file, and only for blocks.
     *
     * @throws ZipException as {@link #of}
     */
    public static InputStream ofZstdBlocks(byte[] blocks, int length) {
        return new ZstdBlocks(blocks, length);
    }

    /**
     * The content of a file that is compressed somehow: by how it begins, and as {@link
     * Compression#HADOOP_SNAPPY}, which begins anyhow, where it begins like none of the others.
     *
     * @throws ZipException as {@link #of}
     */
    public static InputStream ofCompressed(InputStream compressed) throws IOException {
        return byBeginning(
                compressed, beginning -> orElse(known(beginning), Compression.HADOOP_SNAPPY));
    }

    /**
     * The content of a file of text that is compressed or not: by how it begins. The length that a
     * file of Hadoop's begins with makes a first byte that no text has.
     *
     * @throws ZipException as {@link #of}
     */
    public static InputStream ofAny(InputStream stored) throws IOException {
        return byBeginning(
                stored,
                beginning ->
                        orElse(
                                known(beginning),
                                beginning.length > 0
                                                && beginning[0] >= 0
                                                && beginning[0] <= LARGEST_FIRST_BYTE_OF_HADOOP
                                        ? Compression.HADOOP_SNAPPY
                                        : Compression.UNCOMPRESSED));
    }

    private static InputStream byBeginning(InputStream file, Function<byte[], Compression> judge)
            throws IOException {
        BufferedInputStream stored = new BufferedInputStream(file, BUFFER);
        stored.mark(LONGEST_BEGINNING);
        byte[] beginning = stored.readNBytes(LONGEST_BEGINNING);
        stored.reset();
        return of(stored, judge.apply(beginning));
    }

    private static Compression orElse(Compression known, Compression other) {
        return known == null ? other : known;
    }

    private static Compression known(byte[] beginning) {
        for (int i = 0; i < BEGINNINGS.length; i++) {
            byte[] start = BEGINNINGS[i];
            if (beginning.length >= start.length
                    && Arrays.equals(beginning, 0, start.length, start, 0, start.length)) {
                return OF_BEGINNING[i];
            }
        }
        return null;
    }

    private static InputStream firstEntry(InputStream stored) throws IOException {
        ZipInputStream archive = new ZipInputStream(new BufferedInputStream(stored, BUFFER));
        if (archive.getNextEntry() == null) {
            throw new ZipException("There is no entry at its beginning");
        }
        return archive;
    }

    /** Makes a stream over a file; may fail, as its reading may. */
    private interface Opening {
        InputStream open(InputStream file) throws IOException;
    }

    /**
     * Says of every damage what java.util.zip would say. The readers of Snappy and Zstandard throw
     * an {@link IOException}, {@link MalformedInputException}, and now and then what an array
     * throws that a damaged length leads beyond.
     */
    private static final class OneKindOfDamage extends FilterInputStream {

        private final StoredBytes stored;

        private OneKindOfDamage(InputStream stored, Opening opening) throws IOException {
            super(null);
            this.stored = new StoredBytes(stored);
            try {
                in = opening.open(this.stored);
            } catch (IOException | RuntimeException e) {
                throw told(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                throw told(e);
            }
        }

        private IOException told(Exception failure) {
            if (stored.failure != null) {
                return stored.failure;
            }
            if (failure instanceof EOFException early) {
                return early;
            }
            ZipException damaged = new ZipException(String.valueOf(failure.getMessage()));
            damaged.initCause(failure);
            return damaged;
        }
    }

    /** A file that remembers why it could not be read: that is no damage of its content. */
    private static final class StoredBytes extends BufferedInputStream {

        private IOException failure;

        private StoredBytes(InputStream stored) {
            super(stored, BUFFER);
        }

        @Override
        public synchronized int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
