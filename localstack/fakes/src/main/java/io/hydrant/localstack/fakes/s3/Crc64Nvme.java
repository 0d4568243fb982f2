package io.hydrant.localstack.fakes.s3;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME, which S3 prefers for whole objects: reflected, all bits set before and inverted
 * after.
 *
 * <p>Source: NVM Express NVM command set specification, "64b CRC"; polynomial 0xAD93D23594C93659.
 */
final class Crc64Nvme implements Checksum {

    private static final long REFLECTED_POLYNOMIAL = Long.reverse(0xAD93D23594C93659L);
    private static final long[] TABLE = new long[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            long value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ REFLECTED_POLYNOMIAL;
            }
            TABLE[i] = value;
        }
    }

    private long register = -1L;

    @Override
    public void update(int value) {
        register = TABLE[(int) (register ^ value) & 0xff] ^ (register >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            update(bytes[i]);
        }
    }

    @Override
    public long getValue() {
        return ~register;
    }

    @Override
    public void reset() {
        register = -1L;
    }
}
