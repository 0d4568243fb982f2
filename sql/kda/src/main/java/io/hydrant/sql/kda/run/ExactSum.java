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
 * <p>Numbers so large that few of them leave the range of a double are kept apart, and so is what
 * is infinite or no number. A sum beyond that range is infinite, until numbers are taken away
 * again.
 */
final class ExactSum {

    /** As many smaller numbers as a long counts are within the range of a double. */
    private static final double LARGE = 0x1p959;

    /** From the least significant on; no zero among them. */
    private double[] parts = new double[4];

    private int size;
    private BigDecimal large = BigDecimal.ZERO;
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
        if (Math.abs(number) > LARGE) {
            large = large.add(new BigDecimal(number));
            return;
        }
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
        BigDecimal sum = large;
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
        if (size == 0 && large.signum() == 0) {
            return 0;
        }
        return size == 1 && large.signum() == 0 ? parts[0] : exact().doubleValue();
    }
}
