package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * COUNT, SUM, AVG, the family of variances, ANY and EVERY.
 *
 * <p>Sums are exact and rounded once, so a result follows from the rows of its window alone and not
 * from those that were in it before.
 */
final class Totals implements Over {

    /** Each factor above this has a square that is not exact, or none. */
    private static final double LARGEST_ROOT = 1e150;

    private final SlidingFunction function;
    private final boolean squared;

    private long rows;
    private long values;
    private final WholeSum whole = new WholeSum();
    private BigDecimal decimal = BigDecimal.ZERO;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    Totals(SlidingFunction function, boolean squared) {
        this.function = function;
        this.squared = squared;
    }

    @Override
    public void add(long number, RowData row) {
        count(row, 1);
    }

    @Override
    public void remove(long number, RowData row) {
        count(row, -1);
    }

    private void count(RowData row, int step) {
        rows += step;
        Object value = function.arguments() == 0 ? null : function.argument(row, 0);
        if (value == null) {
            return;
        }
        values += step;
        if (value instanceof Boolean condition) {
            whole.add(condition ? step : 0);
        } else if (squared) {
            square(SlidingFunction.number(value), step);
        } else if (value instanceof DecimalData exact) {
            decimal = decimal.add(exact.toBigDecimal().multiply(BigDecimal.valueOf(step)));
        } else if (value instanceof Double || value instanceof Float) {
            add(sum, ((Number) value).doubleValue(), step);
        } else if (value instanceof Number number) {
            if (step > 0) {
                whole.add(number.longValue());
            } else {
                whole.remove(number.longValue());
            }
        }
    }

    private void square(double value, int step) {
        add(sum, value, step);
        if (Math.abs(value) > LARGEST_ROOT) {
            add(squares, Double.POSITIVE_INFINITY, step);
            return;
        }
        // The product is the sum of two numbers.
        double product = value * value;
        add(squares, product, step);
        add(squares, Math.fma(value, value, -product), step);
    }

    private static void add(ExactSum sum, double number, int step) {
        if (step > 0) {
            sum.add(number);
        } else {
            sum.remove(number);
        }
    }

    @Override
    public Object value(Rows all, long first, long last) {
        if (function.name().equals("COUNT")) {
            return function.arguments() == 0 ? rows : values;
        }
        if (values == 0) {
            return null;
        }
        return switch (function.name()) {
            case "ANY", "SOME" -> whole.low() > 0;
            case "EVERY" -> whole.low() == values;
            case "SUM" -> function.sum(whole, decimal, sum);
            case "AVG" -> function.mean(whole, decimal, sum, values);
            case "STDDEV_POP" -> root(variance(0));
            case "VAR_POP" -> function.numeric(variance(0));
            case "VARIANCE", "VAR_SAMP" -> function.numeric(variance(1));
            default -> root(variance(1));
        };
    }

    private Object root(Double variance) {
        return variance == null ? null : function.numeric(Math.sqrt(variance));
    }

    /** The mean square of the distances from the mean; null where there are too few values. */
    private Double variance(int lost) {
        if (values <= lost) {
            return null;
        }
        if (!sum.isFinite() || !squares.isFinite()) {
            return Double.NaN;
        }
        BigDecimal total = sum.exact();
        BigDecimal count = BigDecimal.valueOf(values);
        return squares.exact()
                .multiply(count)
                .subtract(total.multiply(total))
                .divide(count.multiply(BigDecimal.valueOf(values - lost)), MathContext.DECIMAL64)
                .doubleValue();
    }
}
