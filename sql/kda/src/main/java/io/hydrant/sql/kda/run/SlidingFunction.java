package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A function over the rows of a window that ends at the current row.
 *
 * <p>NULL arguments are left out, but by COUNT(*), LAG, FIRST_VALUE, LAST_VALUE and NTH_VALUE.
 * Means of integers are integers. Source: SQL reference, "Analytic Functions" and "Windowed
 * Aggregation on Streams".
 */
final class SlidingFunction implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LARGEST_PRECISION = 38;
    private static final int MEAN_SCALE = 6;

    private final String name;
    private final Frame frame;
    private final boolean distinct;
    private final boolean ignoreNulls;
    private final LogicalType argument;
    private final LogicalType result;

    /** Reads arguments out of rows. */
    private final RowData.FieldGetter[] getters;

    SlidingFunction(
            String name,
            Frame frame,
            boolean distinct,
            boolean ignoreNulls,
            List<LogicalType> arguments,
            List<RowData.FieldGetter> getters) {
        this.name = name;
        this.frame = frame;
        this.distinct = distinct;
        this.ignoreNulls = ignoreNulls;
        this.argument = arguments.isEmpty() ? null : arguments.get(0);
        this.result = result(name, argument);
        this.getters = getters.toArray(RowData.FieldGetter[]::new);
    }

    LogicalType type() {
        return result;
    }

    Frame frame() {
        return frame;
    }

    /**
     * The result for the last row.
     *
     * @param rows those of the partition up to the current one, in order
     * @param times their times
     */
    Object value(List<RowData> rows, List<Long> times) {
        int last = rows.size() - 1;
        int first = first(times, last);
        return switch (name) {
            case "LAG" -> lag(rows, first, last);
            case "FIRST_VALUE" -> at(rows, first, last, 1, false);
            case "LAST_VALUE" -> at(rows, first, last, 1, true);
            case "NTH_VALUE" ->
                    at(
                            rows,
                            first,
                            last,
                            ((Number) argument(rows.get(last), 1)).intValue(),
                            getters.length > 2);
            case "EXP_AVG" -> decayed(rows, times, first, last);
            default -> aggregate(arguments(rows, first, last), last - first + 1);
        };
    }

    private int first(List<Long> times, int last) {
        int first = 0;
        if (frame.rows() >= 0) {
            first = (int) Math.max(0, last - frame.rows());
        }
        if (frame.millis() >= 0) {
            long oldest = times.get(last) - frame.millis();
            while (times.get(first) < oldest) {
                first++;
            }
        }
        return first;
    }

    private Object argument(RowData row, int index) {
        return getters[index].getFieldOrNull(row);
    }

    private List<Object> arguments(List<RowData> rows, int first, int last) {
        List<Object> values = new ArrayList<>();
        if (getters.length > 0) {
            for (int i = first; i <= last; i++) {
                Object value = argument(rows.get(i), 0);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return distinct ? new ArrayList<>(new LinkedHashSet<>(values)) : values;
    }

    private Object lag(List<RowData> rows, int first, int last) {
        RowData current = rows.get(last);
        long offset = getters.length > 1 ? ((Number) argument(current, 1)).longValue() : 1;
        long left = offset;
        for (int i = last; i >= first; i--) {
            Object value = argument(rows.get(i), 0);
            boolean counts = !ignoreNulls || value != null;
            if (i == last ? offset == 0 : counts && --left == 0) {
                return value;
            }
        }
        return getters.length > 2 ? argument(current, 2) : null;
    }

    private Object at(List<RowData> rows, int first, int last, int position, boolean backwards) {
        int left = position;
        for (int i = 0; i <= last - first; i++) {
            Object value = argument(rows.get(backwards ? last - i : first + i), 0);
            if ((!ignoreNulls || value != null) && --left == 0) {
                return value;
            }
        }
        return null;
    }

    /** A row weighs half for each half-life that it is older than the current one. */
    private Object decayed(List<RowData> rows, List<Long> times, int first, int last) {
        double halfLife = ((Number) argument(rows.get(last), 1)).doubleValue();
        double sum = 0;
        double weights = 0;
        for (int i = first; i <= last; i++) {
            Object value = argument(rows.get(i), 0);
            if (value != null) {
                double weight = Math.pow(2, (times.get(i) - times.get(last)) / halfLife);
                sum += weight * number(value);
                weights += weight;
            }
        }
        return weights == 0 ? null : (Object) (sum / weights);
    }

    private Object aggregate(List<Object> values, int rows) {
        if (name.equals("COUNT")) {
            return getters.length == 0 ? (long) rows : (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        return switch (name) {
            case "SUM" -> sum(values);
            case "AVG" -> mean(values);
            case "MIN" -> extreme(values, (candidate, best) -> compare(candidate, best) < 0);
            case "MAX" -> extreme(values, (candidate, best) -> compare(candidate, best) > 0);
            case "ANY", "SOME" -> values.contains(true);
            case "EVERY" -> !values.contains(false);
            case "STDDEV", "STDDEV_SAMP" -> root(variance(values, 1));
            case "STDDEV_POP" -> root(variance(values, 0));
            case "VARIANCE", "VAR_SAMP" -> numeric(variance(values, 1));
            case "VAR_POP" -> numeric(variance(values, 0));
            default -> throw new IllegalStateException(name);
        };
    }

    private Object sum(List<Object> values) {
        if (argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return total(values);
        }
        if (argument.is(LogicalTypeRoot.DECIMAL)) {
            return decimal(exact(values));
        }
        return numeric(values.stream().mapToDouble(SlidingFunction::number).sum());
    }

    private Object mean(List<Object> values) {
        if (argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return integer(total(values) / values.size());
        }
        if (argument.is(LogicalTypeRoot.DECIMAL)) {
            BigDecimal mean =
                    exact(values)
                            .divide(
                                    BigDecimal.valueOf(values.size()),
                                    ((DecimalType) result).getScale(),
                                    RoundingMode.HALF_UP);
            return decimal(mean);
        }
        return numeric(values.stream().mapToDouble(SlidingFunction::number).sum() / values.size());
    }

    private static long total(List<Object> values) {
        long total = 0;
        for (Object value : values) {
            total += ((Number) value).longValue();
        }
        return total;
    }

    private static BigDecimal exact(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(((DecimalData) value).toBigDecimal());
        }
        return sum;
    }

    private DecimalData decimal(BigDecimal value) {
        DecimalType type = (DecimalType) result;
        return DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale());
    }

    private static Object extreme(List<Object> values, BiPredicate<Object, Object> better) {
        Object best = values.get(0);
        for (Object value : values) {
            if (better.test(value, best)) {
                best = value;
            }
        }
        return best;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** The mean square of the distances from the mean; null where there are too few values. */
    private static Double variance(List<Object> values, int lost) {
        int degrees = values.size() - lost;
        if (degrees <= 0) {
            return null;
        }
        double mean = values.stream().mapToDouble(SlidingFunction::number).sum() / values.size();
        double squares = 0;
        for (Object value : values) {
            double distance = number(value) - mean;
            squares += distance * distance;
        }
        return squares / degrees;
    }

    private Object root(Double variance) {
        return variance == null ? null : numeric(Math.sqrt(variance));
    }

    private static double number(Object value) {
        return value instanceof DecimalData decimal
                ? decimal.toBigDecimal().doubleValue()
                : ((Number) value).doubleValue();
    }

    private Object numeric(Double value) {
        if (value == null) {
            return null;
        }
        return switch (result.getTypeRoot()) {
            case FLOAT -> value.floatValue();
            case DOUBLE -> value;
            case DECIMAL ->
                    decimal(
                            BigDecimal.valueOf(value)
                                    .setScale(
                                            ((DecimalType) result).getScale(),
                                            RoundingMode.HALF_UP));
            default -> integer(value.longValue());
        };
    }

    private Object integer(long value) {
        return switch (result.getTypeRoot()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INTEGER -> (int) value;
            default -> value;
        };
    }

    private static LogicalType result(String name, LogicalType argument) {
        if (name.equals("COUNT")) {
            return new BigIntType();
        }
        if (argument == null) {
            throw new IllegalArgumentException(name + " takes an argument.");
        }
        LogicalType nullable = argument.copy(true);
        boolean number = argument.is(LogicalTypeFamily.NUMERIC);
        return switch (name) {
            case "MIN", "MAX", "LAG", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" -> nullable;
            case "ANY", "SOME", "EVERY" -> new BooleanType();
            case "SUM",
                    "AVG",
                    "STDDEV",
                    "STDDEV_SAMP",
                    "STDDEV_POP",
                    "VARIANCE",
                    "VAR_SAMP",
                    "VAR_POP" -> {
                if (!number) {
                    throw new IllegalArgumentException(
                            name + " takes a number, not " + argument + ".");
                }
                if (name.equals("SUM") && argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
                    yield new BigIntType();
                }
                yield argument instanceof DecimalType decimal
                        ? new DecimalType(
                                LARGEST_PRECISION,
                                name.equals("SUM")
                                        ? decimal.getScale()
                                        : Math.max(MEAN_SCALE, decimal.getScale()))
                        : nullable;
            }
            case "EXP_AVG" -> new org.apache.flink.table.types.logical.DoubleType();
            default -> throw new IllegalArgumentException(name + " is no function over a window.");
        };
    }
}
