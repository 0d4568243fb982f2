package io.hydrant.delivery.format;

/**
 * Makes the CRC-32 of two pieces of content laid end to end out of that of each, without the
 * content.
 *
 * <p>A CRC is the remainder of the content as a polynomial over GF(2). Content that is followed by
 * n bytes is that polynomial times x^(8n), so its share of the whole is its own remainder times the
 * remainder of x^(8n). Polynomials stand in an int with the coefficient of x^0 at the top, as
 * {@link java.util.zip.CRC32} has them.
 */
final class Crc32Combination {

    private static final int POLYNOMIAL = 0xedb88320;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    /**
     * Remainders of x^(2^i); from x^(2^32) on they repeat, since the polynomial is of degree 32.
     */
    private static final int[] SQUARES = squares();

    private Crc32Combination() {}

    /**
     * The CRC-32 of the whole.
     *
     * @param first that of the first piece
     * @param second that of the second piece
     * @param secondLength bytes of the second piece
     */
    static int combine(int first, int second, long secondLength) {
        return product(first, powerOfX(8 * secondLength)) ^ second;
    }

    private static int powerOfX(long exponent) {
        int power = ONE;
        int square = 0;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power = product(power, SQUARES[square % Integer.SIZE]);
            }
            square++;
        }
        return power;
    }

    /** The product of two remainders, reduced again. */
    private static int product(int a, int b) {
        int sum = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                sum ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return sum;
    }

    private static int[] squares() {
        int[] squares = new int[Integer.SIZE];
        squares[0] = X;
        for (int i = 1; i < squares.length; i++) {
            squares[i] = product(squares[i - 1], squares[i - 1]);
        }
        return squares;
    }
}
