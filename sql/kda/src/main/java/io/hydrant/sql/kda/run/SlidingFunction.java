package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;
import io.hydrant.sql.kda.translate.Types;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A function over the rows of a window that ends at the current row.
 *
 * <p>NULL arguments are left out, but by COUNT(*), LAG, FIRST_VALUE, LAST_VALUE and NTH_VALUE.
 * Means of integers are integers. The sum of a BIGINT is a DECIMAL, of which whoever reads it can
 * tell whether it is a BIGINT, too. Source: SQL reference, "Analytic Functions" and "Windowed
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

    String name() {
        return name;
    }

    boolean isDistinct() {
        return distinct;
    }

    boolean ignoresNulls() {
        return ignoreNulls;
    }

    int arguments() {
        return getters.length;
    }

    Object argument(RowData row, int index) {
        return getters[index].getFieldOrNull(row);
    }

    /**
     * The function over an empty window.
     *
     * @param rows where the rows of the window can be found
     * @param rowtime the field that has a row's time
     */
    Over start(Over.Rows rows, int rowtime) {
        return switch (name) {
            case "LAG", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" -> new Positions(this);
            case "EXP_AVG" -> new Decayed(this, rowtime);
            case "MIN" -> new Extremes(this, rows, -1);
            case "MAX" -> new Extremes(this, rows, 1);
            default -> {
                Over totals = new Totals(this, name.contains("DEV") || name.contains("VAR"));
                yield distinct ? new DistinctOver(this, totals) : totals;
            }
        };
    }

    Object sum(WholeSum whole, BigDecimal decimal, ExactSum sum) {
        if (argument.is(LogicalTypeRoot.BIGINT)) {
            return decimal(whole.exact());
        }
        if (argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return whole.low();
        }
        return argument.is(LogicalTypeRoot.DECIMAL) ? decimal(decimal) : numeric(sum.value());
    }

    Object mean(WholeSum whole, BigDecimal decimal, ExactSum sum, long values) {
        if (argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
            return integer(whole.mean(values));
        }
        if (argument.is(LogicalTypeRoot.DECIMAL)) {
            return decimal(
                    decimal.divide(
                            BigDecimal.valueOf(values),
                            ((DecimalType) result).getScale(),
                            RoundingMode.HALF_UP));
        }
        return numeric(sum.value() / values);
    }

    private DecimalData decimal(BigDecimal value) {
        DecimalType type = (DecimalType) result;
        return DecimalData.fromBigDecimal(value, type.getPrecision(), type.getScale());
    }

    static double number(Object value) {
        return value instanceof DecimalData decimal
                ? decimal.toBigDecimal().doubleValue()
                : ((Number) value).doubleValue();
    }

    Object numeric(Double value) {
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
                            name + " takes a number, not " + Types.words(argument) + ".");
                }
                if (name.equals("SUM") && argument.is(LogicalTypeRoot.BIGINT)) {
                    yield new DecimalType(LARGEST_PRECISION, 0);
                }
                if (name.equals("SUM") && argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
                    yield new BigIntType();
                }
                if (!name.equals("AVG") && argument.is(LogicalTypeFamily.INTEGER_NUMERIC)) {
                    // A mean of integers is cut off; nothing says so of what is not whole by
                    // nature.
                    yield new DoubleType();
                }
                yield argument instanceof DecimalType decimal
                        ? new DecimalType(
                                LARGEST_PRECISION,
                                name.equals("SUM")
                                        ? decimal.getScale()
                                        : Math.max(MEAN_SCALE, decimal.getScale()))
                        : nullable;
            }
            case "EXP_AVG" -> new DoubleType();
            default -> throw new IllegalArgumentException(name + " is no function over a window.");
        };
    }
}
