package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GzipCodecTest {

    private static final int[] SIZES = {0, 1, 2, 100, 65_535, 65_536, 1_048_576, 1_500_001};

    @ParameterizedTest
    @ValueSource(strings = {"default", "fast", "1", "6", "9"})
    void everyBlockIsAMemberAndMembersEndToEndAreOneFile(String level) throws IOException {
        GrowingBytes plain = new GrowingBytes(16);
        GrowingBytes encoded = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.parse(level))) {
            for (int size : SIZES) {
                for (byte[] block : new byte[][] {text(size), noise(size), new byte[size]}) {
                    int start = encoded.length();
                    codec.encode(block, 0, size, encoded);
                    byte[] member = Arrays.copyOfRange(encoded.array(), start, encoded.length());
                    assertThat(gunzipped(member)).isEqualTo(block);
                    plain.write(block);
                }
            }
        }

        assertThat(Arrays.equals(gunzipped(encoded.toByteArray()), plain.toByteArray())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "fast"})
    void encodesASliceFromTheMiddleOfAnArray(String level) throws IOException {
        byte[] block = text(10_000);
        GrowingBytes encoded = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.parse(level))) {
            codec.encode(block, 1_000, 3_000, encoded);
            codec.encode(block, 7, 5, encoded);
        }

        byte[] expected = new byte[3_005];
        System.arraycopy(block, 1_000, expected, 0, 3_000);
        System.arraycopy(block, 7, expected, 3_000, 5);
        assertThat(gunzipped(encoded.toByteArray())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "fast"})
    void gunzipReadsTheMembersAsOneFile(String level, @TempDir Path folder)
            throws IOException, InterruptedException {
        byte[] block = text(300_000);
        GrowingBytes encoded = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.parse(level))) {
            codec.encode(block, 0, 100_000, encoded);
            codec.encode(block, 100_000, 0, encoded);
            codec.encode(block, 100_000, 200_000, encoded);
        }
        Path file = folder.resolve("members.gz");
        Path unpacked = folder.resolve("members");
        Files.write(file, encoded.toByteArray());

        int exit =
                new ProcessBuilder("gunzip", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("messages").toFile())
                        .start()
                        .waitFor();

        assertThat(folder.resolve("messages")).isEmptyFile();
        assertThat(exit).isZero();
        assertThat(unpacked).hasBinaryContent(block);
    }

    @Test
    void equalBlocksGiveEqualBytes() {
        byte[] block = text(50_000);
        GrowingBytes first = new GrowingBytes(0);
        GrowingBytes second = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.DEFAULT)) {
            codec.encode(block, 0, block.length, first);
            codec.encode(block, 0, block.length, second);
        }

        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    }

    @Test
    void higherLevelsCompressBetter() {
        byte[] block = text(1_000_000);

        assertThat(compressedSize(block, "9")).isLessThan(compressedSize(block, "1"));
        assertThat(compressedSize(block, "default")).isEqualTo(compressedSize(block, "6"));
    }

    @Test
    void fastFallsBackToJavaUtilZipWhereTheLibraryDoesNotLoad() {
        assertThat(IsaLDeflate.load(() -> false)).isFalse();
        assertThat(
                        IsaLDeflate.load(
                                () -> {
                                    throw new UnsatisfiedLinkError("no such library here");
                                }))
                .isFalse();
        assertThat(IsaLDeflate.load(() -> true)).isTrue();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void fastIsTheNativeDeflaterWhereThereIsOne() {
        byte[] block = text(1_000_000);

        assertThat(compressedSize(block, "fast")).isNotEqualTo(compressedSize(block, "1"));
    }

    @Test
    void encodingAfterCloseIsAnError() {
        BlockCodec codec = Compression.GZIP.codec(CompressionLevel.DEFAULT);
        codec.close();

        assertThatThrownBy(() -> codec.encode(new byte[3], 0, 3, new GrowingBytes(0)))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("closed");
    }

    private static int compressedSize(byte[] block, String level) {
        GrowingBytes out = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.parse(level))) {
            codec.encode(block, 0, block.length, out);
        }
        return out.length();
    }

    private static byte[] gunzipped(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    /** Something like JSON lines. */
    private static byte[] text(int size) {
        Random random = new Random(size);
        StringBuilder text = new StringBuilder(size + 64);
        while (text.length() < size) {
            text.append("{\"carrier\":\"UA\",\"delay\":").append(random.nextInt(900)).append("}\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), size);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
