package io.hydrant.s3.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * CRC-64/NVME: reflected, all bits set before and inverted after. Eight bytes at a time by as many
 * tables, since neither Java nor the SDK without its native library has it.
 *
 * <p>Source: NVM Express NVM command set specification, "64b CRC"; polynomial 0xAD93D23594C93659.
 */
final class Crc64Nvme {

    private static final long POLYNOMIAL = Long.reverse(0xAD93D23594C93659L);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By a byte, what it does to the register once so many more bytes have followed it. */
    private static final long[][] FOLLOWED_BY = tables();

    private Crc64Nvme() {}

    /** The sum of {@code length} bytes from {@code offset} on. */
    static long of(byte[] bytes, int offset, int length) {
        long[] by0 = FOLLOWED_BY[0];
        long[] by1 = FOLLOWED_BY[1];
        long[] by2 = FOLLOWED_BY[2];
        long[] by3 = FOLLOWED_BY[3];
        long[] by4 = FOLLOWED_BY[4];
        long[] by5 = FOLLOWED_BY[5];
        long[] by6 = FOLLOWED_BY[6];
        long[] by7 = FOLLOWED_BY[7];
        long register = -1;
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long mixed = register ^ (long) LONGS.get(bytes, at);
            register =
                    by7[(int) mixed & 0xff]
                            ^ by6[(int) (mixed >>> 8) & 0xff]
                            ^ by5[(int) (mixed >>> 16) & 0xff]
                            ^ by4[(int) (mixed >>> 24) & 0xff]
                            ^ by3[(int) (mixed >>> 32) & 0xff]
                            ^ by2[(int) (mixed >>> 40) & 0xff]
                            ^ by1[(int) (mixed >>> 48) & 0xff]
                            ^ by0[(int) (mixed >>> 56)];
        }
        for (; at < end; at++) {
            register = by0[(int) (register ^ bytes[at]) & 0xff] ^ (register >>> Byte.SIZE);
        }
        return ~register;
    }

    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int value = 0; value < 256; value++) {
            long register = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                register = (register >>> 1) ^ ((register & 1) == 0 ? 0 : POLYNOMIAL);
            }
            tables[0][value] = register;
        }
        for (int more = 1; more < tables.length; more++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[more - 1][value];
                tables[more][value] = tables[0][(int) before & 0xff] ^ (before >>> Byte.SIZE);
            }
        }
        return tables;
    }
}
