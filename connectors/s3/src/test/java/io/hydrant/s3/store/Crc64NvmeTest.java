package io.hydrant.s3.store;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class Crc64NvmeTest {

    /** The division by the polynomial as it is defined, without tables; the highest byte first. */
    static byte[] bitByBit(byte[] bytes) {
        long register = -1;
        for (byte each : bytes) {
            register ^= each & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                boolean divides = (register & 1) != 0;
                register >>>= 1;
                if (divides) {
                    register ^= 0x9a6c9329ac4bc9b5L;
                }
            }
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(~register).array();
    }

    @Test
    void knowsThePublishedCheckValue() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(Crc64Nvme.of(digits, 0, digits.length)).isEqualTo(0xAE8B14860A799888L);
    }

    @Test
    void agreesWithTheDivisionBitByBitAtEveryLengthAndOffset() {
        byte[] bytes = new byte[70];
        new Random(1).nextBytes(bytes);
        for (int offset = 0; offset < 10; offset++) {
            for (int length = 0; length <= bytes.length - offset; length++) {
                byte[] slice = new byte[length];
                System.arraycopy(bytes, offset, slice, 0, length);

                assertThat(Crc64Nvme.of(bytes, offset, length))
                        .isEqualTo(ByteBuffer.wrap(bitByBit(slice)).getLong());
            }
        }
    }
}
