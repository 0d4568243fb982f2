package io.hydrant.sql.kda.run;

import io.hydrant.sql.kda.translate.Stages.Frame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Windows that slide give for each row what the rows of its window alone give. */
class SlidingWindowsTest {

    private static final int DOUBLE = 1;
    private static final int INT = 2;
    private static final int DECIMAL = 3;
    private static final int TEXT = 4;
    private static final int TRUTH = 5;
    private static final int TWO = 6;

    private static final LogicalType[] TYPES = {
        new TimestampType(3),
        new DoubleType(),
        new IntType(),
        new DecimalType(10, 2),
        new VarCharType(8),
        new BooleanType(),
        new IntType()
    };

    @Property(tries = 300)
    void giveWhatTheRowsOfTheWindowGive(@ForAll long seed) {
        Random random = new Random(seed);
        List<SlidingFunction> functions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            functions.addAll(functions(frame(random)));
        }
        SlidingWindows windows = new SlidingWindows(functions, 0, 0);
        List<RowData> all = new ArrayList<>();
        List<RowData> kept = new ArrayList<>();
        long time = 0;
        for (int n = 0; n < 60; n++) {
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(4);
            RowData row = row(random, time);
            all.add(row);
            kept.add(row);
            windows.add(row);
            for (int i = 0; i < functions.size(); i++) {
                assertThat(windows.value(i))
                        .as(
                                "%s over %s of row %d",
                                functions.get(i).name(), functions.get(i).frame(), n)
                        .isEqualTo(recomputed(functions.get(i), all));
            }
            while (windows.forget() >= 0) {
                kept.remove(0);
            }
            assertThat(windows.size()).isEqualTo(kept.size());
            if (random.nextInt(10) == 0) {
                windows = new SlidingWindows(functions, 0, random.nextInt(100));
                kept.forEach(windows::add);
            }
        }
    }

    @Test
    void keepNoMoreThanTheLongestWindowReachesBackTo() {
        List<SlidingFunction> functions =
                List.of(
                        function("SUM", new Frame(10, -1), false, false, INT),
                        function("MAX", new Frame(-1, 2), false, false, INT));
        SlidingWindows windows = new SlidingWindows(functions, 0, 0);
        Random random = new Random(1);
        for (int time = 0; time < 10_000; time++) {
            windows.add(row(random, time));
            while (windows.forget() >= 0) {
                assertThat(windows.size()).isPositive();
            }
            assertThat(windows.size()).isLessThanOrEqualTo(11);
        }
    }

    @Test
    void forgetAllRowsWhenTheLongestWindowIsOver() {
        SlidingWindows windows =
                new SlidingWindows(
                        List.of(function("SUM", new Frame(10, -1), false, false, INT)), 0, 0);
        windows.add(row(new Random(1), 100));

        assertThat(windows.over()).isEqualTo(111);
        assertThat(windows.forget(110)).isEqualTo(-1);
        assertThat(windows.forget(111)).isZero();
        assertThat(windows.size()).isZero();
    }

    @Test
    void sumUpNumbersOfAllSizesWithoutALoss() {
        SlidingFunction sum = function("SUM", new Frame(-1, 2), false, false, DOUBLE);
        SlidingFunction deviation = function("STDDEV_POP", new Frame(-1, 2), false, false, DOUBLE);
        SlidingWindows windows = new SlidingWindows(List.of(sum, deviation), 0, 0);
        double[] numbers = {1e17, 1, -1e17, 1e9 + 1, 1e9 + 2, 1e9 + 3};
        Object[] sums = new Object[numbers.length];
        Object[] deviations = new Object[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            windows.add(GenericRowData.of(TimestampData.fromEpochMillis(i), numbers[i]));
            sums[i] = windows.value(0);
            deviations[i] = windows.value(1);
        }

        assertThat(sums[2]).isEqualTo(1.0);
        assertThat(sums[5]).isEqualTo(3e9 + 6);
        assertThat(deviations[5]).isEqualTo(Math.sqrt(2.0 / 3));
    }

    private static Frame frame(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Frame(random.nextInt(12), -1);
            case 1 -> new Frame(-1, random.nextInt(6));
            case 2 -> new Frame(random.nextInt(12), random.nextInt(6));
            default -> Frame.UNBOUNDED;
        };
    }

    private static List<SlidingFunction> functions(Frame frame) {
        List<SlidingFunction> functions = new ArrayList<>();
        functions.add(function("COUNT", frame, false, false));
        for (int field : new int[] {DOUBLE, INT, DECIMAL}) {
            for (String name :
                    List.of("COUNT", "SUM", "AVG", "MIN", "MAX", "STDDEV_SAMP", "VAR_POP")) {
                functions.add(function(name, frame, false, false, field));
            }
        }
        functions.add(function("COUNT", frame, true, false, TEXT));
        functions.add(function("SUM", frame, true, false, INT));
        functions.add(function("MAX", frame, false, false, TEXT));
        functions.add(function("EVERY", frame, false, false, TRUTH));
        functions.add(function("ANY", frame, false, false, TRUTH));
        for (boolean ignoreNulls : new boolean[] {false, true}) {
            functions.add(function("LAG", frame, false, ignoreNulls, INT));
            functions.add(function("LAG", frame, false, ignoreNulls, INT, TWO, INT));
            functions.add(function("FIRST_VALUE", frame, false, ignoreNulls, DOUBLE));
            functions.add(function("LAST_VALUE", frame, false, ignoreNulls, DOUBLE));
            functions.add(function("NTH_VALUE", frame, false, ignoreNulls, TEXT, TWO));
        }
        return functions;
    }

    private static SlidingFunction function(
            String name, Frame frame, boolean distinct, boolean ignoreNulls, int... fields) {
        List<LogicalType> types = new ArrayList<>();
        List<RowData.FieldGetter> getters = new ArrayList<>();
        for (int field : fields) {
            types.add(TYPES[field]);
            getters.add(RowData.createFieldGetter(TYPES[field], field));
        }
        return new SlidingFunction(name, frame, distinct, ignoreNulls, types, getters);
    }

    private static RowData row(Random random, long time) {
        return GenericRowData.of(
                TimestampData.fromEpochMillis(time),
                random.nextInt(4) == 0
                        ? null
                        : random.nextGaussian() * Math.pow(10, random.nextInt(9)),
                random.nextInt(4) == 0 ? null : random.nextInt(7) - 3,
                random.nextInt(4) == 0
                        ? null
                        : DecimalData.fromUnscaledLong(random.nextInt(2000) - 1000, 10, 2),
                random.nextInt(4) == 0 ? null : StringData.fromString("t" + random.nextInt(4)),
                random.nextInt(4) == 0 ? null : random.nextBoolean(),
                random.nextInt(3));
    }

    /** The meaning of each function, word by word. */
    private static Object recomputed(SlidingFunction function, List<RowData> all) {
        List<RowData> window = window(function.frame(), all);
        RowData current = all.get(all.size() - 1);
        List<RowData> counting = new ArrayList<>(window);
        if (function.ignoresNulls()) {
            counting.removeIf(row -> function.argument(row, 0) == null);
        }
        switch (function.name()) {
            case "LAG" -> {
                int offset = function.arguments() > 1 ? (int) function.argument(current, 1) : 1;
                if (offset == 0) {
                    return function.argument(current, 0);
                }
                // Others may equal it.
                counting.removeIf(row -> row == current);
                return offset <= counting.size()
                        ? function.argument(counting.get(counting.size() - offset), 0)
                        : function.arguments() > 2 ? function.argument(current, 2) : null;
            }
            case "FIRST_VALUE" -> {
                return counting.isEmpty() ? null : function.argument(counting.get(0), 0);
            }
            case "LAST_VALUE" -> {
                return counting.isEmpty()
                        ? null
                        : function.argument(counting.get(counting.size() - 1), 0);
            }
            case "NTH_VALUE" -> {
                int position = (int) function.argument(current, 1);
                return position < 1 || position > counting.size()
                        ? null
                        : function.argument(counting.get(position - 1), 0);
            }
            default -> {
                return total(function, window);
            }
        }
    }

    private static List<RowData> window(Frame frame, List<RowData> all) {
        int last = all.size() - 1;
        long time = all.get(last).getTimestamp(0, 3).getMillisecond();
        List<RowData> window = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            long age = time - all.get(i).getTimestamp(0, 3).getMillisecond();
            if ((frame.rows() < 0 || last - i <= frame.rows())
                    && (frame.millis() < 0 || age <= frame.millis())) {
                window.add(all.get(i));
            }
        }
        return window;
    }

    private static Object total(SlidingFunction function, List<RowData> window) {
        if (function.arguments() == 0) {
            return (long) window.size();
        }
        List<Object> values =
                window.stream().map(r -> function.argument(r, 0)).filter(Objects::nonNull).toList();
        if (function.isDistinct()) {
            values = List.copyOf(new LinkedHashSet<>(values));
        }
        if (function.name().equals("COUNT")) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        List<BigDecimal> numbers = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof DecimalData decimal) {
                numbers.add(decimal.toBigDecimal());
            } else if (value instanceof Number number) {
                numbers.add(new BigDecimal(number.doubleValue()));
            }
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Object first = values.get(0);
        return switch (function.name()) {
            case "ANY" -> values.contains(true);
            case "EVERY" -> !values.contains(false);
            case "MIN" -> values.stream().min(SlidingWindowsTest::compare).orElseThrow();
            case "MAX" -> values.stream().max(SlidingWindowsTest::compare).orElseThrow();
            case "SUM" ->
                    first instanceof Integer
                            ? (Object) sum.longValueExact()
                            : first instanceof Double
                                    ? (Object) sum.doubleValue()
                                    : DecimalData.fromBigDecimal(sum, 38, 2);
            case "AVG" ->
                    first instanceof Integer
                            ? (Object) (int) (sum.longValueExact() / values.size())
                            : first instanceof Double
                                    ? (Object) (sum.doubleValue() / values.size())
                                    : DecimalData.fromBigDecimal(
                                            sum.divide(
                                                    BigDecimal.valueOf(values.size()),
                                                    6,
                                                    RoundingMode.HALF_UP),
                                            38,
                                            6);
            default -> variance(function, first, numbers);
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static Object variance(
            SlidingFunction function, Object first, List<BigDecimal> numbers) {
        boolean sample = function.name().equals("STDDEV_SAMP");
        int degrees = numbers.size() - (sample ? 1 : 0);
        if (degrees == 0) {
            return null;
        }
        // Of the numbers as double precision, which is what the functions take.
        List<BigDecimal> doubles =
                numbers.stream().map(n -> new BigDecimal(n.doubleValue())).toList();
        BigDecimal count = BigDecimal.valueOf(doubles.size());
        BigDecimal sum = doubles.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares =
                doubles.stream().map(n -> n.multiply(n)).reduce(BigDecimal.ZERO, BigDecimal::add);
        double variance =
                squares.multiply(count)
                        .subtract(sum.multiply(sum))
                        .divide(count.multiply(BigDecimal.valueOf(degrees)), MathContext.DECIMAL64)
                        .doubleValue();
        double result = sample ? Math.sqrt(variance) : variance;
        return first instanceof Double || first instanceof Integer
                ? (Object) result
                : DecimalData.fromBigDecimal(
                        BigDecimal.valueOf(result).setScale(6, RoundingMode.HALF_UP), 38, 6);
    }
}
