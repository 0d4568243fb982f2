package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyHadoopCompatibleOutputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files are read back by other libraries than those that wrote them. */
class CompressionTest {

    private static final int[] SIZES = {1, 100, 0, 65_535, 65_536, 65_537, 262_144, 1_500_001};

    @ParameterizedTest
    @EnumSource
    void blocksEndToEndAreOneFile(Compression compression) throws IOException {
        byte[] content = mixedContent();

        byte[] file = file(compression, "default", content);

        assertThat(
                        Arrays.equals(
                                read(Decompression.of(new ByteArrayInputStream(file), compression)),
                                content))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
    void aFileShowsHowItIsCompressed(Compression compression) throws IOException {
        byte[] content = mixedContent();

        byte[] file = file(compression, "fast", content);

        assertThat(
                        Arrays.equals(
                                read(Decompression.ofCompressed(new ByteArrayInputStream(file))),
                                content))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfTextShowsWhetherItIsCompressed(Compression compression) throws IOException {
        byte[] content = text(100_000);

        byte[] file = file(compression, "default", content);

        assertThat(read(Decompression.ofAny(new ByteArrayInputStream(file)))).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfNothingIsValid(Compression compression) throws IOException {
        byte[] file = file(compression, "default", new byte[0]);

        assertThat(read(Decompression.of(new ByteArrayInputStream(file), compression))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void equalContentGivesEqualBytes(Compression compression) {
        byte[] content = text(300_000);

        assertThat(file(compression, "default", content))
                .isEqualTo(file(compression, "default", content));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
    void encodingAfterCloseIsAnError(Compression compression) {
        BlockCodec codec = compression.codec(CompressionLevel.DEFAULT);
        codec.close();

        assertThatThrownBy(() -> codec.encode(new byte[3], 0, 3, new GrowingBytes(0)))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("close");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNCOMPRESSED", "HADOOP_SNAPPY"})
    void aBitThatIsWrongIsFound(Compression compression) {
        byte[] file = file(compression, "default", text(500_000));
        // In the middle of content: what a format keeps beside it need not be looked at.
        for (int at : new int[] {file.length / 3, file.length / 2}) {
            byte[] damaged = file.clone();
            damaged[at] ^= 4;

            assertThatThrownBy(
                            () ->
                                    read(
                                            Decompression.of(
                                                    new ByteArrayInputStream(damaged),
                                                    compression)))
                    .isInstanceOfAny(ZipException.class, EOFException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
    void aFileThatEndsEarlyIsFound(Compression compression) {
        byte[] file = file(compression, "default", text(500_000));
        byte[] cut = Arrays.copyOf(file, file.length / 2);

        assertThatThrownBy(() -> read(Decompression.of(new ByteArrayInputStream(cut), compression)))
                .isInstanceOfAny(ZipException.class, EOFException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCannotBeReadOnIsNotTakenForDamaged(Compression compression) {
        byte[] file = file(compression, "default", text(500_000));
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(file, 0, file.length / 2),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new SocketException("the network is gone");
                            }

                            @Override
                            public int read(byte[] bytes, int offset, int length)
                                    throws IOException {
                                return read();
                            }
                        });

        assertThatThrownBy(() -> read(Decompression.of(broken, compression)))
                .isInstanceOf(SocketException.class);
    }

    @Test
    void zipIsAnArchiveWithOneEntryWhoseDirectoryIsRight(@TempDir Path folder) throws IOException {
        byte[] content = mixedContent();
        Path path = folder.resolve("archive.zip");
        Files.write(path, file(Compression.ZIP, "9", content));
        CRC32 crc = new CRC32();
        crc.update(content);

        try (ZipFile archive = new ZipFile(path.toFile())) {
            assertThat(archive.size()).isEqualTo(1);
            ZipEntry entry = archive.entries().nextElement();
            assertThat(entry.getName()).isEqualTo("records");
            assertThat(entry.getSize()).isEqualTo(content.length);
            assertThat(entry.getCrc()).isEqualTo(crc.getValue());
            assertThat(Arrays.equals(read(archive.getInputStream(entry)), content)).isTrue();
        }
    }

    @Test
    void zipSaysWhatItsSizesCannotSay() {
        try (BlockCodec codec = Compression.ZIP.codec(CompressionLevel.DEFAULT)) {
            assertThatThrownBy(
                            () ->
                                    codec.finish(
                                            new ContentTotals(1L << 32, 1000, 1),
                                            new GrowingBytes(0)))
                    .hasMessageContaining("4294967296 bytes");
        }
        assertThat(Compression.ZIP.largestContent()).isLessThan(1L << 32);
    }

    @Test
    void snappyIsTheFramingFormat() throws IOException {
        byte[] content = mixedContent();

        byte[] file = file(Compression.SNAPPY, "default", content);

        assertThat(
                        Arrays.equals(
                                read(
                                        new SnappyFramedInputStream(
                                                new ByteArrayInputStream(file), true)),
                                content))
                .isTrue();
        assertThat(file.length).isLessThan(content.length + content.length / 100);
    }

    @Test
    void hadoopSnappyIsInBlocksThatHadoopsReaderHasRoomFor() throws IOException {
        byte[] content = mixedContent();
        ByteBuffer blocks = ByteBuffer.wrap(file(Compression.HADOOP_SNAPPY, "default", content));
        GrowingBytes read = new GrowingBytes(content.length);
        while (blocks.hasRemaining()) {
            int length = blocks.getInt();
            byte[] chunk = new byte[blocks.getInt()];
            blocks.get(chunk);
            assertThat(length).isBetween(1, 200_000);
            assertThat(chunk).hasSizeLessThan(256 * 1024);
            byte[] block = Snappy.uncompress(chunk);
            assertThat(block).hasSize(length);
            read.write(block);
        }

        assertThat(Arrays.equals(read.toByteArray(), content)).isTrue();
    }

    @Test
    void readsWhatHadoopItselfWouldHaveWritten() throws IOException {
        byte[] content = mixedContent();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SnappyHadoopCompatibleOutputStream hadoop =
                new SnappyHadoopCompatibleOutputStream(file)) {
            hadoop.write(content);
        }

        InputStream read =
                Decompression.of(
                        new ByteArrayInputStream(file.toByteArray()), Compression.HADOOP_SNAPPY);

        assertThat(Arrays.equals(read(read), content)).isTrue();
    }

    @Test
    void believesNoLengthThatHadoopWouldNotWrite() {
        for (byte[] noise :
                new byte[][] {{0x7f, 0, 0, 0, 0, 0, 0, 1, 0}, {0, 0, 0, 9, 0x7f, 0, 0, 0}}) {
            assertThatThrownBy(
                            () -> read(Decompression.ofCompressed(new ByteArrayInputStream(noise))))
                    .isInstanceOf(ZipException.class)
                    .hasMessageContaining("would be 2130706432");
        }
        byte[] lies = {0, 0, 0, 9, 0, 0, 0, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        assertThatThrownBy(() -> read(Decompression.ofCompressed(new ByteArrayInputStream(lies))))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("16777215 bytes, of 9");
    }

    @Test
    void higherLevelsOfZstdCompressBetter() {
        byte[] content = text(1_000_000);

        assertThat(file(Compression.ZSTD, "19", content))
                .hasSizeLessThan(file(Compression.ZSTD, "3", content).length)
                .hasSizeLessThan(file(Compression.ZSTD, "default", content).length);
    }

    @Test
    void recordsAreSmallerInZstdBySettingThanByItsLevels() {
        byte[] records = measurements(4_000);
        byte[] usual = file(Compression.ZSTD, "default", records);

        for (String level : new String[] {"1", "2", "3"}) {
            assertThat(usual).hasSizeLessThan(file(Compression.ZSTD, level, records).length);
        }
        assertThat(file(Compression.ZSTD, "fast", records)).isEqualTo(usual);
    }

    /** What devices send: values that do not repeat, between names that do. */
    private static byte[] measurements(int count) {
        Random random = new Random(count);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"id\":\"")
                    .append(new UUID(random.nextLong(), random.nextLong()))
                    .append("\",\"at\":")
                    .append(1_700_000_000_000L + i * 37L)
                    .append(",\"device\":\"device-")
                    .append(random.nextInt(5_000))
                    .append("\",\"humidity\":")
                    .append(random.nextDouble())
                    .append("}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void checksumsOfPiecesMakeThatOfTheWhole() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[random.nextInt(5_000)];
            random.nextBytes(content);
            int cut = random.nextInt(content.length + 1);

            assertThat(
                            Crc32Combination.combine(
                                    crc(content, 0, cut),
                                    crc(content, cut, content.length),
                                    content.length - cut))
                    .isEqualTo(crc(content, 0, content.length));
        }
    }

    private static int crc(byte[] content, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(content, from, to - from);
        return (int) crc.getValue();
    }

    /** As an open object makes it, from slices of an array. */
    private static byte[] file(Compression compression, String level, byte[] content) {
        GrowingBytes file = new GrowingBytes(0);
        int checksum = 0;
        try (BlockCodec codec = compression.codec(CompressionLevel.parse(level))) {
            codec.begin(file);
            int offset = 0;
            for (int i = 0; offset < content.length || i < SIZES.length; i++) {
                int length = Math.min(SIZES[i % SIZES.length], content.length - offset);
                codec.encode(content, offset, length, file);
                checksum = codec.checksum(checksum, content, offset, length);
                offset += length;
            }
            codec.finish(new ContentTotals(content.length, file.length(), checksum), file);
        }
        return file.toByteArray();
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    /** Text, noise and zeros, a million bytes of each. */
    private static byte[] mixedContent() {
        byte[] content = Arrays.copyOf(text(1_000_000), 3_000_000);
        byte[] noise = new byte[1_000_000];
        new Random(3).nextBytes(noise);
        System.arraycopy(noise, 0, content, 1_000_000, noise.length);
        return content;
    }

    private static byte[] text(int size) {
        Random random = new Random(size);
        StringBuilder text = new StringBuilder(size + 64);
        while (text.length() < size) {
            text.append("{\"carrier\":\"UA\",\"delay\":").append(random.nextInt(900)).append("}\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), size);
    }
}
