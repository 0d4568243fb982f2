package io.hydrant.sql.functions.time;

import org.apache.flink.table.data.TimestampData;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * {@code TIME_TO_CHAR(pattern, time)}: a time of day as text. Source: SQL reference, TIME_TO_CHAR.
 */
public final class TimeToChar extends TimeToText {

    private static final long serialVersionUID = 1;

    /** Null where an argument is null or the pattern is none. */
    public String eval(String pattern, LocalTime time) {
        return time == null
                ? null
                : format(pattern, TimestampData.fromLocalDateTime(time.atDate(LocalDate.EPOCH)));
    }
}
