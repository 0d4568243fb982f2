package io.hydrant.sql.kda.run;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The exact sum of numbers of double precision, rounded once when it is read: so it does not depend
 * on the order of the numbers, and numbers can be taken away again.
 *
 * <p>Kept as numbers that do not overlap. Source: J. R. Shewchuk, "Adaptive Precision
 * Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997, grow-expansion.
 *
 * <p>Assumes that no sum is beyond the range of a double; what is infinite or no number is counted
 * apart.
 */
final class ExactSum {

    /** From the least significant on; no zero among them. */
    private double[] parts = new double[4];

    private int size;
    private long infinite;
    private long negativeInfinite;
    private long undefined;

    void add(double number) {
        if (Double.isFinite(number)) {
            grow(number);
        } else {
            count(number, 1);
        }
    }

    void remove(double number) {
        if (Double.isFinite(number)) {
            grow(-number);
        } else {
            count(number, -1);
        }
    }

    private void count(double number, int step) {
        if (Double.isNaN(number)) {
            undefined += step;
        } else if (number > 0) {
            infinite += step;
        } else {
            negativeInfinite += step;
        }
    }

    private void grow(double number) {
        double carried = number;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double part = parts[i];
            double sum = carried + part;
            double virtual = sum - carried;
            double lost = (carried - (sum - virtual)) + (part - virtual);
            if (lost != 0) {
                parts[kept++] = lost;
            }
            carried = sum;
        }
        if (carried != 0) {
            if (kept == parts.length) {
                parts = Arrays.copyOf(parts, kept * 2);
            }
            parts[kept++] = carried;
        }
        size = kept;
    }

    /** Whether {@link #exact()} is the sum. */
    boolean isFinite() {
        return infinite == 0 && negativeInfinite == 0 && undefined == 0;
    }

    BigDecimal exact() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < size; i++) {
            sum = sum.add(new BigDecimal(parts[i]));
        }
        return sum;
    }

    /** The number of double precision that is next to the sum. */
    double value() {
        if (!isFinite()) {
            boolean both = infinite > 0 && negativeInfinite > 0;
            if (undefined > 0 || both) {
                return Double.NaN;
            }
            return infinite > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (size == 0) {
            return 0;
        }
        return size == 1 ? parts[0] : exact().doubleValue();
    }
}
