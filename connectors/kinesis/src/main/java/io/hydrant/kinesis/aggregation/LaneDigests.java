package io.hydrant.kinesis.aggregation;

import io.hydrant.kinesis.stream.HashKey;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Says of many messages at once whether the MD5 that stands behind each is its own.
 *
 * <p>Each step of MD5 waits for the one before it, so one digest leaves most of a processor idle.
 * Here messages go side by side, a lane each, and every step is a loop over the lanes, which the
 * compiler makes one instruction for as many lanes as the processor has room for. Few messages, or
 * one that is much longer than the others, would leave lanes empty; they are left to the platform.
 *
 * <p>Source: RFC 1321, "The MD5 Message-Digest Algorithm".
 *
 * <p>Not thread-safe; for one page of messages, since it refers to their bytes.
 */
final class LaneDigests {

    static final int LANES = 32;

    private static final int BLOCK = 64;
    private static final int WORDS = 16;

    /** Where the length stands in the last block. */
    private static final int LENGTH_AT = 56;

    private static final int IDLE = -1;

    /**
     * The platform takes one message at a time, and is faster where two thirds of the lanes are
     * empty.
     */
    private static final double LEAST_USE = 2.0 / 3;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What is added in each step: the fractions of sines, which nobody chose. */
    private static final int[] ADDED = new int[BLOCK];

    static {
        for (int i = 0; i < ADDED.length; i++) {
            ADDED[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << 32));
        }
    }

    private byte[][] arrays = new byte[LANES][];
    private int[] from = new int[LANES];
    private int[] to = new int[LANES];
    private int count;
    private long bytes;
    private int longest;
    private boolean[] matches;

    /** Adds a message whose digest stands behind it in the same array. */
    void add(byte[] array, int messageFrom, int messageTo) {
        if (count == arrays.length) {
            arrays = Arrays.copyOf(arrays, count * 2);
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        arrays[count] = array;
        from[count] = messageFrom;
        to[count] = messageTo;
        count++;
        bytes += messageTo - messageFrom;
        longest = Math.max(longest, messageTo - messageFrom);
    }

    /** Computes all of them; nothing is added any more. */
    void compute() {
        matches = new boolean[count];
        if (fillsLanes()) {
            new Lanes().run();
            return;
        }
        MessageDigest md5 = count == 0 ? null : HashKey.md5();
        for (int i = 0; i < count; i++) {
            md5.update(arrays[i], from[i], to[i] - from[i]);
            byte[] digest = md5.digest();
            matches[i] =
                    Arrays.equals(
                            digest, 0, digest.length, arrays[i], to[i], to[i] + digest.length);
        }
    }

    /** Whether a message, in the order in which they were added, has the digest behind it. */
    boolean matches(int message) {
        return matches[message];
    }

    private boolean fillsLanes() {
        return bytes > 0 && bytes >= LEAST_USE * LANES * longest;
    }

    /** The messages that are under way, and the state of their digests. */
    private final class Lanes {

        private final int[] message = new int[LANES];

        /** Where the next block of each lane is, and how many of them lie one behind the other. */
        private final byte[][] array = new byte[LANES][];

        private final int[] at = new int[LANES];
        private final int[] stride = new int[LANES];
        private final int[] blocks = new int[LANES];

        /** Of each lane the last one or two blocks, which say how long the message is. */
        private final byte[] tails = new byte[LANES * 2 * BLOCK];

        private final boolean[] isTail = new boolean[LANES];

        private final int[][] words = new int[WORDS][LANES];
        private final int[] a = new int[LANES];
        private final int[] b = new int[LANES];
        private final int[] c = new int[LANES];
        private final int[] d = new int[LANES];
        private final int[] beforeA = new int[LANES];
        private final int[] beforeB = new int[LANES];
        private final int[] beforeC = new int[LANES];
        private final int[] beforeD = new int[LANES];

        private int next;
        private int busy;

        void run() {
            for (int lane = 0; lane < LANES; lane++) {
                begin(lane);
            }
            while (busy > 0) {
                int together = Integer.MAX_VALUE;
                for (int lane = 0; lane < LANES; lane++) {
                    if (message[lane] != IDLE) {
                        together = Math.min(together, blocks[lane]);
                    }
                }
                for (int i = 0; i < together; i++) {
                    read();
                    digest();
                }
                for (int lane = 0; lane < LANES; lane++) {
                    if (message[lane] != IDLE) {
                        goOn(lane, together);
                    }
                }
            }
        }

        private void goOn(int lane, int done) {
            blocks[lane] -= done;
            if (blocks[lane] > 0) {
                return;
            }
            if (!isTail[lane]) {
                end(lane);
                return;
            }
            int one = message[lane];
            int behind = to[one];
            matches[one] =
                    (int) INTS.get(arrays[one], behind) == a[lane]
                            && (int) INTS.get(arrays[one], behind + 4) == b[lane]
                            && (int) INTS.get(arrays[one], behind + 8) == c[lane]
                            && (int) INTS.get(arrays[one], behind + 12) == d[lane];
            busy--;
            begin(lane);
        }

        /** Begins the next message in a lane, if there is one. */
        private void begin(int lane) {
            if (next == count) {
                message[lane] = IDLE;
                array[lane] = tails;
                at[lane] = lane * 2 * BLOCK;
                stride[lane] = 0;
                return;
            }
            int one = next;
            next++;
            busy++;
            message[lane] = one;
            a[lane] = 0x67452301;
            b[lane] = 0xefcdab89;
            c[lane] = 0x98badcfe;
            d[lane] = 0x10325476;
            array[lane] = arrays[one];
            at[lane] = from[one];
            stride[lane] = BLOCK;
            blocks[lane] = (to[one] - from[one]) / BLOCK;
            isTail[lane] = false;
            if (blocks[lane] == 0) {
                end(lane);
            }
        }

        /** Begins what is behind the last whole block. */
        private void end(int lane) {
            int one = message[lane];
            int length = to[one] - from[one];
            int rest = length % BLOCK;
            int start = lane * 2 * BLOCK;
            int last = rest < LENGTH_AT ? 0 : BLOCK;
            System.arraycopy(arrays[one], to[one] - rest, tails, start, rest);
            tails[start + rest] = (byte) 0x80;
            Arrays.fill(tails, start + rest + 1, start + last + LENGTH_AT, (byte) 0);
            LONGS.set(tails, start + last + LENGTH_AT, (long) length * Byte.SIZE);
            array[lane] = tails;
            at[lane] = start;
            blocks[lane] = last == 0 ? 1 : 2;
            isTail[lane] = true;
        }

        /** The next block of each lane, its words spread over the arrays. */
        private void read() {
            for (int lane = 0; lane < LANES; lane++) {
                byte[] source = array[lane];
                int place = at[lane];
                for (int word = 0; word < WORDS; word++) {
                    words[word][lane] = (int) INTS.get(source, place + word * Integer.BYTES);
                }
                at[lane] = place + stride[lane];
            }
        }

        private void digest() {
            System.arraycopy(a, 0, beforeA, 0, LANES);
            System.arraycopy(b, 0, beforeB, 0, LANES);
            System.arraycopy(c, 0, beforeC, 0, LANES);
            System.arraycopy(d, 0, beforeD, 0, LANES);
            for (int i = 0; i < 16; i += 4) {
                choose(a, b, c, d, words[i], ADDED[i], 7);
                choose(d, a, b, c, words[i + 1], ADDED[i + 1], 12);
                choose(c, d, a, b, words[i + 2], ADDED[i + 2], 17);
                choose(b, c, d, a, words[i + 3], ADDED[i + 3], 22);
            }
            for (int i = 16; i < 32; i += 4) {
                chooseByLast(a, b, c, d, words[(5 * i + 1) & 15], ADDED[i], 5);
                chooseByLast(d, a, b, c, words[(5 * i + 6) & 15], ADDED[i + 1], 9);
                chooseByLast(c, d, a, b, words[(5 * i + 11) & 15], ADDED[i + 2], 14);
                chooseByLast(b, c, d, a, words[(5 * i) & 15], ADDED[i + 3], 20);
            }
            for (int i = 32; i < 48; i += 4) {
                parity(a, b, c, d, words[(3 * i + 5) & 15], ADDED[i], 4);
                parity(d, a, b, c, words[(3 * i + 8) & 15], ADDED[i + 1], 11);
                parity(c, d, a, b, words[(3 * i + 11) & 15], ADDED[i + 2], 16);
                parity(b, c, d, a, words[(3 * i + 14) & 15], ADDED[i + 3], 23);
            }
            for (int i = 48; i < 64; i += 4) {
                mix(a, b, c, d, words[(7 * i) & 15], ADDED[i], 6);
                mix(d, a, b, c, words[(7 * i + 7) & 15], ADDED[i + 1], 10);
                mix(c, d, a, b, words[(7 * i + 14) & 15], ADDED[i + 2], 15);
                mix(b, c, d, a, words[(7 * i + 5) & 15], ADDED[i + 3], 21);
            }
            add(a, beforeA);
            add(b, beforeB);
            add(c, beforeC);
            add(d, beforeD);
        }
    }

    // Steps of the four rounds: F, G, H and I of the RFC. Loops this plain are what the compiler
    // makes vectors of.

    private static void choose(int[] w, int[] x, int[] y, int[] z, int[] in, int added, int turn) {
        for (int i = 0; i < w.length; i++) {
            int sum = w[i] + ((x[i] & y[i]) | (~x[i] & z[i])) + in[i] + added;
            w[i] = x[i] + ((sum << turn) | (sum >>> (32 - turn)));
        }
    }

    private static void chooseByLast(
            int[] w, int[] x, int[] y, int[] z, int[] in, int added, int turn) {
        for (int i = 0; i < w.length; i++) {
            int sum = w[i] + ((x[i] & z[i]) | (y[i] & ~z[i])) + in[i] + added;
            w[i] = x[i] + ((sum << turn) | (sum >>> (32 - turn)));
        }
    }

    private static void parity(int[] w, int[] x, int[] y, int[] z, int[] in, int added, int turn) {
        for (int i = 0; i < w.length; i++) {
            int sum = w[i] + (x[i] ^ y[i] ^ z[i]) + in[i] + added;
            w[i] = x[i] + ((sum << turn) | (sum >>> (32 - turn)));
        }
    }

    private static void mix(int[] w, int[] x, int[] y, int[] z, int[] in, int added, int turn) {
        for (int i = 0; i < w.length; i++) {
            int sum = w[i] + (y[i] ^ (x[i] | ~z[i])) + in[i] + added;
            w[i] = x[i] + ((sum << turn) | (sum >>> (32 - turn)));
        }
    }

    private static void add(int[] to, int[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] += other[i];
        }
    }
}
