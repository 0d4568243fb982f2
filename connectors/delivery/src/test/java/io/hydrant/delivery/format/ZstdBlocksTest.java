package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZstdBlocksTest {

    @Test
    void blocksComeBackAsOne() throws IOException {
        byte[] small = "rows ".repeat(10).getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[300_000];
        new Random(3).nextBytes(large);
        GrowingBytes expected = new GrowingBytes(0);
        for (byte[] block : new byte[][] {small, large, new byte[0], small}) {
            expected.write(block);
        }
        byte[] blocks = blocks(small, large, new byte[0], small);

        try (InputStream content = Decompression.ofZstdBlocks(blocks, blocks.length)) {
            assertThat(content.read()).isEqualTo('r');
            assertThat(content.read(new byte[0])).isZero();
            assertThat(content.readNBytes(4)).asString(StandardCharsets.UTF_8).isEqualTo("ows ");
            assertThat(content.readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(expected.array(), 5, expected.length()));
            assertThat(content.read()).isNegative();
        }
    }

    @Test
    void nothingIsBehindTheLengthThatIsGiven() throws IOException {
        byte[] block = {1, 2, 3};
        int length = blocks(block).length;

        try (InputStream content = Decompression.ofZstdBlocks(blocks(block, block), length)) {
            assertThat(content.readAllBytes()).isEqualTo(block);
        }
        try (InputStream nothing = Decompression.ofZstdBlocks(new byte[0], 0)) {
            assertThat(nothing.read()).isNegative();
        }
    }

    @Test
    void everyDamageIsToldInOneWay() throws IOException {
        byte[] content = "some rows, some more rows ".repeat(20).getBytes(StandardCharsets.UTF_8);
        byte[] blocks = blocks(content, content);
        for (int i = 0; i < blocks.length; i++) {
            byte[] damaged = blocks.clone();
            damaged[i] ^= 0x55;
            assertDamaged(damaged, damaged.length, "byte " + i);
            if (i > 0 && i != blocks.length / 2) {
                assertDamaged(blocks, i, "end at " + i);
            }
        }
    }

    private static void assertDamaged(byte[] blocks, int length, String description) {
        assertThatThrownBy(
                        () -> {
                            try (InputStream content = Decompression.ofZstdBlocks(blocks, length)) {
                                content.readAllBytes();
                            }
                        })
                .as(description)
                .isInstanceOf(ZipException.class)
                .hasMessageMatching(".+");
    }

    private static byte[] blocks(byte[]... contents) {
        GrowingBytes blocks = new GrowingBytes(0);
        try (BlockCodec codec = Compression.ZSTD.codec(CompressionLevel.FAST)) {
            for (byte[] content : contents) {
                codec.encode(content, 0, content.length, blocks);
            }
        }
        return blocks.toByteArray();
    }
}
