package io.hydrant.sql.functions.time;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * {@code STEP(value, step)}, in Kinesis Data Analytics {@code STEP(value BY step)}: the greatest
 * multiple of the step that is not greater than the value. Times are counted from 1970-01-01
 * 00:00:00 UTC, so a value before that goes down and not towards it. Null where an argument is null
 * or the step is not greater than zero.
 *
 * <p>Source: SQL reference, STEP: {@code (value - epoch) / step * step + epoch}. Its table has one
 * row that does not follow: for 2004-09-27 by 5 days it has 2004-09-25, the formula 2004-09-24, and
 * a tumbling window of 5 days begins at the 24th, too.
 */
public final class Step extends ScalarFunction {

    private static final long serialVersionUID = 1;

    /** A number, or an interval in milliseconds. */
    public Long eval(Long value, Long step) {
        return value == null || isNoStep(step) ? null : floor(value, step);
    }

    /** A number, or an interval in months. */
    public Integer eval(Integer value, Integer step) {
        return value == null || isNoStep(step) ? null : Math.floorDiv(value, step) * step;
    }

    /** A time, down to a multiple of milliseconds. */
    public TimestampData eval(TimestampData value, Long step) {
        return value == null || isNoStep(step)
                ? null
                : TimestampData.fromEpochMillis(floor(value.getMillisecond(), step));
    }

    /** A time, down to a multiple of months. */
    public TimestampData eval(TimestampData value, Integer step) {
        if (value == null || isNoStep(step)) {
            return null;
        }
        LocalDate day = value.toLocalDateTime().toLocalDate();
        return TimestampData.fromLocalDateTime(firstOf(day, step).atStartOfDay());
    }

    /** A date; a step within the day leaves it. */
    public LocalDate eval(LocalDate value, Long step) {
        if (value == null || isNoStep(step)) {
            return null;
        }
        long start = floor(value.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli(), step);
        return LocalDateTime.ofEpochSecond(Math.floorDiv(start, 1000L), 0, ZoneOffset.UTC)
                .toLocalDate();
    }

    /** A date, down to a multiple of months. */
    public LocalDate eval(LocalDate value, Integer step) {
        return value == null || isNoStep(step) ? null : firstOf(value, step);
    }

    /** A time of day. */
    public LocalTime eval(LocalTime value, Long step) {
        return value == null || isNoStep(step)
                ? null
                : LocalTime.ofNanoOfDay(floor(value.toNanoOfDay() / 1_000_000L, step) * 1_000_000L);
    }

    private static boolean isNoStep(Long step) {
        return step == null || step <= 0;
    }

    private static boolean isNoStep(Integer step) {
        return step == null || step <= 0;
    }

    private static long floor(long value, long step) {
        return Math.floorDiv(value, step) * step;
    }

    private static LocalDate firstOf(LocalDate day, int months) {
        long month = (day.getYear() - 1970L) * 12 + day.getMonthValue() - 1;
        return LocalDate.EPOCH.plusMonths(floor(month, months));
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new StepArguments())
                .outputTypeStrategy(StepArguments::result)
                .build();
    }
}
