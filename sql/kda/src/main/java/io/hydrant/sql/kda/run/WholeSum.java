package io.hydrant.sql.kda.run;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum of integers that has no end: 128 bits, which no number of rows fills. */
final class WholeSum {

    private long high;
    private long low;

    void add(long number) {
        long before = low;
        low += number;
        high += (number >> (Long.SIZE - 1)) + (carries(low, before) ? 1 : 0);
    }

    void remove(long number) {
        long before = low;
        low -= number;
        high -= (number >> (Long.SIZE - 1)) + (carries(before, low) ? 1 : 0);
    }

    private static boolean carries(long after, long before) {
        return Long.compareUnsigned(after, before) < 0;
    }

    /** Whether {@link #low()} is the sum. */
    boolean isLong() {
        return high == low >> (Long.SIZE - 1);
    }

    long low() {
        return low;
    }

    BigDecimal exact() {
        if (isLong()) {
            return BigDecimal.valueOf(low);
        }
        BigInteger unsigned = BigInteger.valueOf(low);
        if (low < 0) {
            unsigned = unsigned.add(BigInteger.ONE.shiftLeft(Long.SIZE));
        }
        return new BigDecimal(BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsigned));
    }

    /** The mean of so many numbers without what is behind the point. */
    long mean(long count) {
        return isLong()
                ? low / count
                : exact().toBigInteger().divide(BigInteger.valueOf(count)).longValue();
    }
}
